// What a case is.  In its text c0 stands for the case's own name, c17 say:
// every host of a case begins with it, which tells whose request one is.

// loads(NAME, PAGE, OPTIONS): the browser asks a refused host
// same(NAME, WHY, PAGE, OPTIONS): it does not, and nothing may be changed
//
// PAGE is a string, bytes, or a function that gets the name for c0.  OPTIONS:
//
//   type      the Content-Type, '' for none; by default text/html in UTF-8
//   as        utf8 (default), latin1 (a byte per character), utf16le, utf16be
//   files     more files, by name: beside the page, types by their extension
//   act       JavaScript that is run in the page when it has loaded
//   noscript  the browser runs no scripts
//   log       the browser's own log tells: look-ups, and what a proxy keeps it
//             from doing
//   pieces    the page arrives in pieces of so many bytes
//   tags      disable (default) or remove
//   void      why this browser asks for nothing: listed, and checked

export const loads = (name, page, options = {}) =>
    ({ kind: 'loads', name, page, ...options });

export const same = (name, why, page, options = {}) =>
    ({ kind: 'same', name, why, page, ...options });

export const base64 = text => Buffer.from(text).toString('base64');

export const js = url => `<script src="${url}"></script>`;


export function bytes(page, id, as = 'utf8') {
    if (typeof page === 'function') {
        page = page(id);
    }

    if (Buffer.isBuffer(page)) {
        page = page.toString('latin1');
        as = 'latin1';
    }

    page = page.replace(/\bc0\b/g, id);

    if (as === 'utf16be') {
        return Buffer.from(page, 'utf16le').swap16();
    }

    return Buffer.from(page, as);
}

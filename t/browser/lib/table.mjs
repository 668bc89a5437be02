// The table of the cases, and what counts as a refused request.  Nobody has
// chosen anything, so that every category but the required one is refused.

export const TABLE = String.raw`
consent_table cases {
    category essential required "Needed for the site to work";
    category performance "Site performance and customisation";
    category advertising "Targeted advertising";
    category sharing "Sharing on third-party platforms";

    provider "Kept" essential { url kept.example; }

    provider "Tracker" advertising { url tracker.example; }
    provider "Metrics" performance { url metrics.example; }
    provider "Share"   sharing     { url share.example; }
    provider "Both"    performance advertising { url both.example; }

    provider "Paths" advertising {
        url paths.example/collect;
        url paths.example/nr-*;
        url */any/where.js;
        url args.example/tag.js?id=AW-*;
    }

    # names that are not ASCII: bücher-, straße- and faß-
    provider "Names" advertising {
        url xn--bcher-kva.example;
        url xn--strae-oqa.example;
    }

    provider "Marked" performance {
        inline "markedQueue";
        inline "marked.example/loader";
    }
}
`;

const HOSTS = /(^|\.)(tracker|metrics|share|both|xn--bcher-kva|xn--strae-oqa)\.example$/;

const KEPT = /(^|\.)(kept|plain|paths|args)\.example$/;

const host_of = host => host.toLowerCase().replace(/\.$/, '');


// A connection to a refused host is a request already; of the rows with a
// path only the request tells.

export function refused({ host, path }) {
    const name = host_of(host);

    if (HOSTS.test(name)) {
        return true;
    }

    if (path === undefined) {
        return false;
    }

    if (/(^|\.)paths\.example$/.test(name)
        && /^\/(collect([/?]|$)|nr-)/.test(path))
    {
        return true;
    }

    if (/(^|\.)args\.example$/.test(name)
        && /^\/tag\.js\?(.*&)?id=AW-/.test(path))
    {
        return true;
    }

    return /\/any\/where\.js([/?]|$)/.test(path);
}


// These stay: what the page as it is asks them for, it must still ask for.

export function kept({ host, path }) {
    return path !== undefined && KEPT.test(host_of(host))
           && !refused({ host, path });
}


// c17.tracker.example: the case that a request belongs to

export function case_of({ host }) {
    return /^(c\d+)\./.exec(host.toLowerCase())?.[1];
}

// What people do with the application: its forms.

import { is, ok, Visitor } from './stack.mjs';


// the page's text, by the forms of the admin site

export async function edit(port, word) {
    const editor = new Visitor('refused');
    await log_in(editor, port, 'anna');
    const form = '/admin/flatpages/flatpage/1/change/';
    const token = token_of(await editor.get(port, form));

    const saved = await editor.ask(port, form, { method: 'POST', form: {
        csrfmiddlewaretoken: token, url: '/about/', title: 'About',
        content: `<p>${word}</p>`.repeat(30), sites: '1',
        template_name: '' } });
    is(saved.status, 302, 'the answer to the form');
}


export async function log_in(visitor, port, name) {
    const form = '/admin/login/?next=/own/';
    const token = token_of(await visitor.get(port, form));

    const answer = await visitor.ask(port, form, { method: 'POST', form: {
        csrfmiddlewaretoken: token, username: name, password: `of ${name}`,
        next: '/own/' } });

    is(answer.status, 302, 'the answer to the login');
    ok(visitor.cookies.has('sessionid'), 'a session');
    return answer;
}


export const token_of = ({ text }) =>
    /name="csrfmiddlewaretoken" value="([^"]+)"/.exec(text)?.[1] ?? '';

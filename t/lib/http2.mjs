// http2.mjs URL [-p] METHOD:PATH:BYTES[:COOKIE]...
//
// Requests over one connection of HTTP/2, one after the other, with a body of
// so many bytes, in DATA frames as the window lets them go.  Prints statuses.
// With -p they go out together; then it prints of each its status, the length
// of its body, X-Cache, and how many cookies are set.

import { connect } from 'node:http2';

const [url, ...requests] = process.argv.slice(2);
const together = requests[0] === '-p' && requests.shift();
const session = connect(url);
const heard = [];

session.on('error', (error) => heard.push(error.code));

function ask(request) {
    const [method, path, bytes, cookie] = request.split(':');
    const headers = { ':method': method, ':path': path };
    let status, cache, cookies, length = 0;

    if (cookie) {
        headers.cookie = cookie;
    }

    return new Promise((resolve) => {
        const stream = session.request(headers, { endStream: bytes === '0' });

        stream.on('response', (h) => {
            status = h[':status'];
            cache = h['x-cache'];
            cookies = (h['set-cookie'] ?? []).length;
        });
        stream.on('data', (data) => { length += data.length; });
        stream.on('error', (error) => resolve(`${status}/${error.code}`));
        stream.on('close', () => resolve(
            together ? [status, length, cache, cookies].join('/') : status));
        stream.setTimeout(60000, () => resolve('late'));

        if (bytes !== '0') {
            stream.end(Buffer.alloc(Number(bytes), 'x'));
        }
    });
}

if (together) {
    heard.push(...await Promise.all(requests.map(ask)));

} else {
    for (const request of requests) {
        heard.push(await ask(request));
    }
}

console.log(heard.join(' '));
session.destroy();

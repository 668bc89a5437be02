#!/usr/bin/env python3

"""What a client's cookie jar has after some choices.

    jar.py PORT CHOICE... <jar

A line of the jar is a host, what follows Set-Cookie in its answer, and so on;
what is left is printed as "domain path name=value".  The jar is Python's own.
"""

import http.client
import http.cookiejar
import re
import sys
import urllib.request

URL = 'http://www.site.test/consent/choice'


class Answer:
    """An answer as the jar wants it."""

    def __init__(self, message):
        self.message = message

    def info(self):
        return self.message


def main(port, choices):
    jar = http.cookiejar.CookieJar()

    for line in sys.stdin:
        url, cookie = line.rstrip('\n').split(' ', 1)
        message = http.client.HTTPMessage()
        message['Set-Cookie'] = cookie
        jar.extract_cookies(Answer(message), urllib.request.Request(url))

    for choice in choices:
        request = urllib.request.Request(URL, method='POST')
        jar.add_cookie_header(request)

        connection = http.client.HTTPConnection('127.0.0.1', port)
        connection.request('POST', '/consent/choice', choice, {
            'Host': 'www.site.test',
            'Content-Type': 'application/x-www-form-urlencoded',
            'Cookie': request.get_header('Cookie', ''),
        })

        answer = connection.getresponse()
        answer.read()
        jar.extract_cookies(Answer(answer.msg), request)

    print('\n'.join(sorted(
        f'{c.domain} {c.path} {c.name}='
        + re.sub(r'^1\.\d+\.0\.([^.]*)\..*', r'\1', c.value) for c in jar)))


main(int(sys.argv[1]), sys.argv[2:])

# Varnish in front of nginx with the consent module: one copy of a page for
# each choice, whoever asks.  For Varnish 6.0 and later; tested with 7.1.
#
# The Cookie header becomes the choice alone while Varnish looks a page up and
# keeps it, so that "Vary: Cookie", as the module says it, means the choice;
# what does not depend on it has no such Vary, and one copy.  nginx is sent the
# consent cookie as it was.  Whatever is in doubt goes past the cache: nginx
# judges it, and knows better.

vcl 4.0;

import std;


# nginx, the server that enforces
backend default {
    .host = "127.0.0.1";
    .port = "8081";
}


sub vcl_recv {
    unset req.http.X-Consent;
    unset req.http.X-Choice;

    if (req.http.Sec-GPC != "1") {
        unset req.http.Sec-GPC;
    }

    if ((req.method != "GET" && req.method != "HEAD")
        || req.http.Authorization)
    {
        return (pass);
    }

    # consent_uri
    if (req.url ~ "^/consent/") {
        return (pass);
    }

    # Cookies with which a page is a visitor's own, or that the application
    # must see with every request: those of yours.
    if (req.http.Cookie ~ "(^|;)\s*(sessionid|csrftoken|PHPSESSID)\s*=") {
        return (pass);
    }

    # nobody has chosen; a page of the cache depends on no other cookie, since
    # none is sent with what asks for it
    if (req.http.Cookie !~ "(^|;)\s*consent\s*(=|;|$)") {
        unset req.http.Cookie;
        return (hash);
    }

    # Two choices, or one that is not whole.  The revision, 0, and the names, of
    # categories and of providers with a key, are those of your configuration:
    # no visitor can make more copies than these allow.
    if (req.http.Cookie ~ "(^|;)\s*consent\s*(=|;|$).*;\s*consent\s*(=|;|$)"
        || req.http.Cookie !~ {"(?x) (^|;)\s* consent=1\.[1-9][0-9]{9}\.0\.
               (- | (performance|advertising|sharing)
                    (\+(performance|advertising|sharing)){0,2})
               (\.[A-Za-z0-9_-]{1,64})? (;|$)"})
    {
        return (pass);
    }

    # consent=1.TIME.REVISION.CHOICE.ID: the cookie alone, then its time
    set req.http.X-Consent = regsub(req.http.Cookie,
                                    "^(.*;)?\s*(consent=1\.[^;\s]*).*$", "\2");
    set req.http.Cookie = regsub(req.http.X-Consent,
                                 "^consent=1\.([0-9]+)\..*$", "\1");

    # "max_age=" of consent_source, a day less; an hour ahead may be our clock
    if (std.time(req.http.Cookie, now - 3650d) < now - 394d
        || std.time(req.http.Cookie, now - 3650d) > now + 1h)
    {
        set req.http.Cookie = req.http.X-Consent;
        unset req.http.X-Consent;
        return (pass);
    }

    # REVISION.CHOICE
    set req.http.Cookie = regsub(req.http.X-Consent,
                                 "^consent=1\.[0-9]+\.([0-9]+\.[^.]+).*$",
                                 "\1");
    return (hash);
}


# The headers change places for nginx and back, for Varnish takes what Vary
# stands for from the request that was sent.

sub vcl_backend_fetch {
    if (bereq.http.X-Consent) {
        set bereq.http.X-Choice = bereq.http.Cookie;
        set bereq.http.Cookie = bereq.http.X-Consent;
        unset bereq.http.X-Consent;
    }
}


sub vcl_backend_response {
    if (bereq.http.X-Choice) {
        set bereq.http.X-Consent = bereq.http.Cookie;
        set bereq.http.Cookie = bereq.http.X-Choice;
        unset bereq.http.X-Choice;
    }
}


sub vcl_backend_error {
    if (bereq.http.X-Choice) {
        set bereq.http.X-Consent = bereq.http.Cookie;
        set bereq.http.Cookie = bereq.http.X-Choice;
        unset bereq.http.X-Choice;
    }
}

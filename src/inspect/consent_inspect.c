
/*
 * consent-inspect: how the module reads a browser's cookies.
 *     consent-inspect [-c nginx.conf] [-d 'consent_source onetrust;']
 *         [-H 'Cookie: ...'] [-H 'Sec-GPC: 1'] [-t unix-seconds] [cookie ...]
 *     consent-inspect --vectors <rows.jsonl
 */

#include <stdlib.h>

#include "inspect.h"


#define INSPECT_MAX_FILE  (16 * 1024 * 1024)


static int inspect_usage(void);
static int inspect_fault(const char *what, const char *name, ngx_uint_t line,
    const char *reason);
static int inspect_file(inspect_t *in, const char *name);
static int inspect_text(inspect_t *in, const char *name, const ngx_str_t *text);
static ngx_str_t inspect_whole(ngx_pool_t *pool, FILE *file);
static int inspect_headers(inspect_t *in, ngx_str_t text);
static int inspect_header(inspect_t *in, const u_char *p, size_t len);
static int inspect_cookie(inspect_t *in, const u_char *p, size_t len);


int
main(int argc, char **argv)
{
    int           i;
    char         *option;
    ngx_str_t     text, name;
    inspect_t    *in;
    ngx_pool_t   *pool;
    ngx_uint_t    n, asked;
    const char   *reason;

    if (argc == 2 && strcmp(argv[1], "--vectors") == 0) {
        return inspect_vectors(stdin, stdout) ? 1 : 0;
    }

    pool = shim_create_pool();
    in = inspect_alloc(pool, sizeof(inspect_t));

    in->pool = pool;
    in->now = time(NULL);
    in->jar.lines = inspect_alloc(pool, INSPECT_MAX * sizeof(ngx_str_t));

    asked = 0;

    for (i = 1; i < argc; i++) {

        option = argv[i];

        if (option[0] != '-') {
            asked = 1;

            if (inspect_cookie(in, (u_char *) option, strlen(option))) {
                return 2;
            }

            continue;
        }

        if (option[1] == '\0' || option[2] != '\0' || i + 1 == argc) {
            return inspect_usage();
        }

        text = inspect_copy(pool, argv[i + 1], strlen(argv[i + 1]));
        i++;

        switch (option[1]) {

        case 'c':
            if (inspect_file(in, argv[i])) {
                return 2;
            }

            break;

        case 'd':
            if (inspect_text(in, "-d", &text)) {
                return 2;
            }

            break;

        case 'H':
            asked = 1;

            if (inspect_header(in, text.data, text.len)) {
                return 2;
            }

            break;

        case 't':
            in->now = strtoll(argv[i], NULL, 10);
            break;

        default:
            return inspect_usage();
        }
    }

    if (!asked && inspect_headers(in, inspect_whole(pool, stdin))) {
        return 2;
    }

    if (in->nsources == 0) {
        name = inspect_copy(pool, "cookie", sizeof("cookie") - 1);
        inspect_add_source(in, &name);
    }

    name.len = 0;
    name.data = NULL;

    reason = inspect_judge(in, &name);
    if (reason) {
        fprintf(stderr, "consent-inspect: %s \"%.*s\"\n", reason,
                (int) name.len, name.data);
        return 2;
    }

    for (n = 0; n < in->nsources; n++) {
        inspect_print_source(in, &in->sources[n]);
    }

    for (n = 0; n < in->ncategories; n++) {
        inspect_print_category(in, n);
    }

    if (in->nproviders) {
        printf("\n");
        inspect_print_providers(in);
    }

    printf("\n%-12s %s\n", "state", inspect_state(in->grant.state));

    shim_destroy_pool(pool);

    return 0;
}


static int
inspect_usage(void)
{
    const ngx_consent_format_t  *f;

    fputs("usage: consent-inspect [option ...] [cookie ...]\n"
          "       consent-inspect --vectors <rows\n"
          "  cookie   the value of a Cookie header; without one and -H, lines\n"
          "           of headers are read from standard input\n"
          "  -c FILE  lines of a configuration\n"
          "  -d TEXT  the same: -d 'consent_source onetrust implied=allow;'\n"
          "  -H LINE  a header: -H 'Cookie: ...', -H 'Sec-GPC: 1'\n"
          "  -t TIME  unix seconds, in place of now\n"
          "sources:", stderr);

    for (f = ngx_consent_formats(); f->name.len; f++) {
        fprintf(stderr, " %.*s", (int) f->name.len, f->name.data);
    }

    fputc('\n', stderr);

    return 2;
}


static int
inspect_fault(const char *what, const char *name, ngx_uint_t line,
    const char *reason)
{
    fprintf(stderr, "consent-inspect: %s in %s:%u%s\n", reason, name,
            (unsigned) line, what);

    return 1;
}


static int
inspect_file(inspect_t *in, const char *name)
{
    FILE       *file;
    ngx_str_t   text;

    file = fopen(name, "rb");
    if (file == NULL) {
        fprintf(stderr, "consent-inspect: cannot read %s\n", name);
        return 1;
    }

    text = inspect_whole(in->pool, file);
    fclose(file);

    return inspect_text(in, name, &text);
}


static int
inspect_text(inspect_t *in, const char *name, const ngx_str_t *text)
{
    ngx_uint_t   line;
    const char  *reason;

    reason = inspect_conf(in, text->data, text->len, &line);

    return reason ? inspect_fault("", name, line, reason) : 0;
}


static ngx_str_t
inspect_whole(ngx_pool_t *pool, FILE *file)
{
    size_t     n, room;
    u_char    *p;
    ngx_str_t  text;

    text.len = 0;
    room = 65536;
    text.data = inspect_alloc(pool, room);

    while (text.len < INSPECT_MAX_FILE
           && (n = fread(text.data + text.len, 1, room - text.len, file)) > 0)
    {
        text.len += n;

        if (text.len == room) {
            p = inspect_alloc(pool, room * 2);
            memcpy(p, text.data, room);
            text.data = p;
            room *= 2;
        }
    }

    return text;
}


static int
inspect_headers(inspect_t *in, ngx_str_t text)
{
    u_char  *p, *last, *end;

    p = text.data;
    last = p + text.len;

    while (p < last) {

        end = memchr(p, '\n', last - p);
        if (end == NULL) {
            end = last;
        }

        if (inspect_header(in, p, end - p)) {
            return 1;
        }

        p = end + (end < last);
    }

    return 0;
}


/* Other headers than these two say nothing of a choice. */

static int
inspect_header(inspect_t *in, const u_char *p, size_t len)
{
    size_t      i;
    ngx_str_t   name;

    static const struct {
        const char  *name;
        size_t       len;
    } names[] = {
        { "cookie:", 7 },
        { "sec-gpc:", 8 }
    };

    for (i = 0; i < 2; i++) {

        name = inspect_copy(in->pool, p, len);

        if (len < names[i].len) {
            continue;
        }

        for (name.len = 0; name.len < names[i].len; name.len++) {
            if (ngx_consent_tolower(p[name.len])
                != (u_char) names[i].name[name.len])
            {
                break;
            }
        }

        if (name.len < names[i].len) {
            continue;
        }

        p += name.len;
        len -= name.len;

        while (len && (*p == ' ' || *p == '\t')) {
            p++;
            len--;
        }

        while (len && (p[len - 1] == ' ' || p[len - 1] == '\t'
                       || p[len - 1] == '\r'))
        {
            len--;
        }

        if (i == 0) {
            return inspect_cookie(in, p, len);
        }

        in->gpc |= (len == 1 && *p == '1');

        return 0;
    }

    return 0;
}


static int
inspect_cookie(inspect_t *in, const u_char *p, size_t len)
{
    ngx_str_t  *lines;

    if (in->jar.nlines == INSPECT_MAX) {
        fputs("consent-inspect: too many Cookie lines\n", stderr);
        return 1;
    }

    lines = (ngx_str_t *) in->jar.lines;
    lines[in->jar.nlines++] = inspect_copy(in->pool, p, len);

    return 0;
}

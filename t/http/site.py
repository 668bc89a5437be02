#!/usr/bin/python3

"""A real application behind the module: site.py FOLDER PORT

Django with what it brings along: the admin site with its sessions, forms and
CSRF tokens, flat pages in a database, conditional requests, compression.
FOLDER keeps the database, the keys and app.log, a line for each request with
what has arrived and what was answered.
"""

import json
import os
import secrets
import sys

import django
from django.conf import settings

folder, port = sys.argv[1], int(sys.argv[2])

PAGE = """<!DOCTYPE html>
<html lang="en"><head><title>{{ flatpage.title }}</title>
<script src="https://metrics.example/m.js"></script>
<script src="https://tracker.example/t.js"></script>
</head><body>
<h1>{{ flatpage.title }}</h1>
{{ flatpage.content }}
<esi:include src="/cookies/"/>
<iframe src="https://share.example/video"></iframe>
</body></html>
"""

OWN = """<!DOCTYPE html>
<title>Own</title>
<script src="https://tracker.example/own.js"></script>
<p>user: {{ request.user.username }}</p>
<form method="post">{% csrf_token %}<input name="word"></form>
<p>word: {{ request.session.word }}</p>
<p>{{ padding }}</p>
"""

settings.configure(
    ALLOWED_HOSTS=['*'],
    SECRET_KEY=secrets.token_hex(32),
    ROOT_URLCONF=__name__,
    SITE_ID=1,
    STATIC_URL='/static/',
    DEFAULT_AUTO_FIELD='django.db.models.AutoField',
    PASSWORD_HASHERS=['django.contrib.auth.hashers.MD5PasswordHasher'],
    LOGIN_URL='/admin/login/',
    DATABASES={'default': {'ENGINE': 'django.db.backends.sqlite3',
                           'NAME': os.path.join(folder, 'site.sqlite3')}},
    INSTALLED_APPS=['django.contrib.' + app for app in (
        'admin', 'auth', 'contenttypes', 'flatpages', 'messages', 'sessions',
        'sites', 'staticfiles')],
    MIDDLEWARE=[
        __name__ + '.log',
        __name__ + '.force',
        'django.middleware.gzip.GZipMiddleware',
        'django.middleware.http.ConditionalGetMiddleware',
        'django.contrib.sessions.middleware.SessionMiddleware',
        'django.middleware.common.CommonMiddleware',
        'django.middleware.csrf.CsrfViewMiddleware',
        'django.contrib.auth.middleware.AuthenticationMiddleware',
        'django.contrib.messages.middleware.MessageMiddleware',
    ],
    TEMPLATES=[{
        'BACKEND': 'django.template.backends.django.DjangoTemplates',
        'OPTIONS': {
            'loaders': [
                ('django.template.loaders.locmem.Loader',
                 {'flatpages/default.html': PAGE, 'own.html': OWN}),
                'django.template.loaders.app_directories.Loader',
            ],
            'context_processors': [
                'django.template.context_processors.request',
                'django.contrib.auth.context_processors.auth',
                'django.contrib.messages.context_processors.messages',
            ],
        },
    }],
)


def log(get_response):
    def middleware(request):
        arrived = {k: request.headers[k] for k in request.headers}
        response = get_response(request)
        with open(os.path.join(folder, 'app.log'), 'a') as out:
            out.write(json.dumps({
                'method': request.method, 'path': request.get_full_path(),
                'arrived': arrived, 'status': response.status_code,
                'answered': dict(response.items())}) + '\n')
        return response
    return middleware


# an application that compresses whatever it is asked for

def force(get_response):
    def middleware(request):
        if request.path.startswith('/forced/'):
            request.META['HTTP_ACCEPT_ENCODING'] = 'gzip'
        return get_response(request)
    return middleware


django.setup()

from django.contrib import admin                                # noqa: E402
from django.contrib.auth.decorators import login_required       # noqa: E402
from django.contrib.flatpages.views import flatpage             # noqa: E402
from django.http import HttpResponse, JsonResponse              # noqa: E402
from django.shortcuts import redirect, render                   # noqa: E402
from django.urls import path                                    # noqa: E402
from django.views.decorators.cache import cache_control         # noqa: E402
from django.views.decorators.cache import never_cache           # noqa: E402


# seconds that no row of a test takes
LONG = 3600


def page(**control):
    @cache_control(**control)
    def view(request):
        return flatpage(request, '/about/')
    return view


# for a second, and when a cache has asked again for long

def short(request):
    asked = 'If-None-Match' in request.headers
    return page(public=True, max_age=LONG if asked else 1)(request)


# each visitor is given a cookie of his own, on a page that caches may keep

@cache_control(public=True, max_age=LONG)
def counted(request):
    response = flatpage(request, '/about/')
    if 'visitor' not in request.COOKIES:
        response.set_cookie('visitor', secrets.token_hex(8), max_age=86400)
    return response


@login_required
def own(request):
    if request.method == 'POST':
        request.session['word'] = request.POST['word']
        return redirect('/own/')
    return render(request, 'own.html', {'padding': 'own ' * 100})


@never_cache
def cookies(request):
    return JsonResponse(dict(request.COOKIES))


@cache_control(public=True, max_age=LONG)
def style(request):
    return HttpResponse('body { color: black }\n' * 20, 'text/css')


urlpatterns = [
    path('admin/', admin.site.urls),
    path('page/', page(public=True, max_age=LONG)),
    path('strict/', page(public=True, max_age=LONG)),
    path('forced/', page(public=True, max_age=LONG)),
    path('short/', short),
    path('checked/', page(no_cache=True)),
    path('counted/', counted),
    path('own/', own),
    path('cookies/', cookies),
    path('style.css', style),
]


def main():
    from django.contrib.auth.models import User
    from django.contrib.flatpages.models import FlatPage
    from django.core.management import call_command
    from django.core.servers.basehttp import run
    from django.core.wsgi import get_wsgi_application

    call_command('migrate', verbosity=0)

    for name in ('anna', 'bert', 'cleo'):
        User.objects.create_superuser(name, password='of ' + name)

    about = FlatPage.objects.create(
        url='/about/', title='About', content='<p>first</p>' * 50)
    about.sites.add(1)

    run('127.0.0.1', port, get_wsgi_application(), threading=True)


if __name__ == '__main__':
    main()

"""Django in one file, served by waitress."""

from __future__ import annotations

import os

import checks
import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST
from waitress import serve


@csrf_exempt
@require_POST
def zego(request: HttpRequest) -> HttpResponse:
    status, text = checks.zego(request.body)
    return HttpResponse(text, status=status)


@csrf_exempt
@require_POST
def trtc(request: HttpRequest) -> HttpResponse:
    sign = request.headers.get("Sign", "").encode("latin-1", "replace")
    status, text = checks.trtc(request.body, sign)
    return HttpResponse(text, status=status)


@csrf_exempt
@require_POST
def agora(request: HttpRequest) -> HttpResponse:
    sign = request.headers.get("Agora-Signature-V2", "").encode("latin-1", "replace")
    status, text = checks.agora(request.body, sign)
    return HttpResponse(text, status=status)


urlpatterns = [path("zego", zego), path("trtc", trtc), path("agora", agora)]

if __name__ == "__main__":
    settings.configure(
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="of-no-use-here",
        MIDDLEWARE=[
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
        ],
    )
    django.setup()
    serve(WSGIHandler(), host="127.0.0.1", port=int(os.environ["PORT"]), threads=8)

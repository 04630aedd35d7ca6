"""Events in Django: a view that takes callbacks, and nothing of what browsers need.

hooks = Receiver("AREA", secret=...)

@callback_view(hooks)
def callback(request, event):
...                      # answered as the vendor documents, unless a response is given
"""

from __future__ import annotations

from functools import wraps
from http import HTTPStatus
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpResponse, RawPostDataException
from django.views.decorators.csrf import csrf_exempt

from hookproof.receiver import asgi, wsgi
from hookproof.receiver.rejections import Malformed, Rejected, broken_off

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.receiver.event import Event
    from hookproof.receiver.receiver import Receiver

__all__ = ["acknowledge", "callback_view", "event_of"]


def event_of(hooks: Receiver, request: Any) -> Event:
    """The event of a request. Raises InvalidSignature, Malformed or UnknownCallback."""
    headers = list(request.headers.items())
    return hooks.receive(headers=headers, body=_body_of(request), url=_url_of(request))


def _body_of(request: Any) -> bytes:
    """The body, which Django takes for empty where it came in chunks to a WSGI server.

    Raises Malformed where Django raises because of what was sent.
    """
    environ = getattr(request, "environ", None)
    try:
        body: bytes = request.body
    except RawPostDataException as error:
        raise Malformed("unreadable", "request.POST took the body before", status=400) from error
    except RequestDataTooBig as error:
        raise Malformed("too-large", str(error), status=413) from error
    except Exception as error:
        raise broken_off() from error
    if environ is None or body or environ.get("CONTENT_LENGTH"):
        return body
    most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    # Kept where Django keeps it, so that the view finds it, too.
    request._body = wsgi.body_of(environ, asgi.MOST if most is None else most)  # noqa: SLF001
    return bytes(request._body)  # noqa: SLF001


def _url_of(request: Any) -> str:
    """As the sender wrote it: Django decodes it, and some vendors sign it."""
    scope = getattr(request, "scope", None)
    return wsgi.url_of(request.META) if scope is None else asgi.url_of(scope)


def callback_view(hooks: Receiver) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """A view of POSTed callbacks without CSRF; it is called with the request and the event.

    It answers by itself the GET of a vendor that asks whose the address is.
    """

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(view)
        def wrapped(request: Any, *args: Any, **kwargs: Any) -> Any:
            if request.method != "POST":
                return _confirmed(hooks, request)
            try:
                event = event_of(hooks, request)
            except Rejected as refusal:
                return HttpResponse(refusal.reason, status=refusal.status)
            said = view(request, event, *args, **kwargs)
            return acknowledge(event) if said is None else said

        guarded: Callable[..., Any] = csrf_exempt(wrapped)
        return guarded

    return decorate


def _confirmed(hooks: Receiver, request: Any) -> Any:
    """The answer to a GET by which a vendor asks whose the address is, else 405."""
    status, body, kind = asgi.confirmation(hooks, request.method, _url_of(request))
    allowed = {"Allow": "POST"} if status == HTTPStatus.METHOD_NOT_ALLOWED else {}
    return HttpResponse(body, status=status, content_type=kind, headers=allowed)


def acknowledge(event: Event) -> Any:
    """The answer that the vendor documents."""
    answer = event.acknowledgement
    return HttpResponse(answer.body, status=answer.status, content_type=answer.content_type)

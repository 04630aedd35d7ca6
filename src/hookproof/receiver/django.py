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

from django.http import HttpResponse
from django.views.decorators.csrf import csrf_exempt

from hookproof.receiver import asgi, wsgi
from hookproof.receiver.rejections import Rejected

if TYPE_CHECKING:
    from collections.abc import Callable

    from hookproof.receiver.event import Event
    from hookproof.receiver.receiver import Receiver

__all__ = ["acknowledge", "callback_view", "event_of"]


def event_of(hooks: Receiver, request: Any) -> Event:
    """The event of a request. Raises InvalidSignature, Malformed or UnknownCallback."""
    headers = list(request.headers.items())
    return hooks.receive(headers=headers, body=request.body, url=_url_of(request))


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

"""The options of curl 8: which take a value, how they are shortened, how a command line reads."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from hookproof.captures.formats.format import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

# As `curl --help all` lists them, and those of older versions that scripts still hold.
_WITH_VALUE_TEXT: Final = """
    abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config
    connect-timeout connect-to continue-at cookie cookie-jar create-file-mode crlfile curves
    data data-ascii data-binary data-raw data-urlencode delegation dns-interface dns-ipv4-addr
    dns-ipv6-addr dns-servers doh-url dump-header ech egd-file engine etag-compare etag-save
    expect100-timeout form form-string ftp-account ftp-alternative-to-user ftp-method ftp-port
    ftp-ssl-ccc-mode happy-eyeballs-timeout-ms haproxy-clientip header hostpubmd5 hostpubsha256
    hsts interface ip-tos ipfs-gateway json keepalive-cnt keepalive-time key key-type knownhosts
    krb libcurl limit-rate local-port login-options mail-auth mail-from mail-rcpt max-filesize
    max-redirs max-time netrc-file noproxy oauth2-bearer output output-dir parallel-max
    parallel-max-host pass pinnedpubkey preproxy proto proto-default proto-redir proxy
    proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile
    proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name
    proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0
    pubkey quote random-file range rate referer request request-mode request-target resolve retry
    retry-delay retry-max-time sasl-authzid service-name sigalgs socks4 socks4a socks5
    socks5-gssapi-service
    socks5-hostname speed-limit speed-time ssl-sessions stderr telnet-option tftp-blksize
    time-cond tls-max tls13-ciphers tlsauthtype tlspassword tlsuser trace trace-ascii
    trace-config unix-socket upload-file upload-flags url url-query user user-agent variable
    vlan-priority write-out
"""
_FLAGS_TEXT: Final = """
    alpn anyauth append basic buffer ca-native cert-status clobber compressed compressed-ssh
    create-dirs crlf digest disable disable-eprt disable-epsv disallow-username-in-url
    doh-cert-status doh-insecure dump-ca-embed fail fail-early fail-with-body false-start follow
    form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control
    get globoff haproxy-protocol head help http0.9 http1.0 http1.1 http2 http2-prior-knowledge
    http3 http3-only ignore-content-length include insecure ipv4 ipv6 junk-session-cookies
    keepalive list-only location location-trusted mail-rcpt-allowfails manual metalink mptcp
    negotiate netrc netrc-optional next no-alpn no-buffer no-clobber no-keepalive no-npn
    no-progress-meter no-sessionid npn ntlm ntlm-wb out-null parallel parallel-immediate
    path-as-is post301 post302 post303 progress-bar progress-meter proxy-anyauth proxy-basic
    proxy-ca-native proxy-digest proxy-http2 proxy-insecure proxy-negotiate proxy-ntlm
    proxy-ssl-allow-beast proxy-ssl-auto-client-cert proxy-tlsv1 proxytunnel raw
    remote-header-name remote-name remote-name-all remote-time remove-on-error retry-all-errors
    retry-connrefused sasl-ir sessionid show-error show-headers silent skip-existing
    socks5-basic socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert
    ssl-no-revoke ssl-reqd ssl-revoke-best-effort sslv2 sslv3 styled-output
    suppress-connect-headers tcp-fastopen tcp-nodelay tftp-no-options tls-earlydata tlsv1
    tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-ids trace-time use-ascii verbose version
    xattr
"""
_LETTERS_TEXT: Final = """
    #=progress-bar 0=http1.0 1=tlsv1 2=sslv2 3=sslv3 4=ipv4 6=ipv6 :=next A=user-agent
    B=use-ascii C=continue-at D=dump-header E=cert F=form G=get H=header I=head
    J=remote-header-name K=config L=location M=manual N=no-buffer O=remote-name P=ftp-port
    Q=quote R=remote-time S=show-error T=upload-file U=proxy-user V=version X=request
    Y=speed-limit Z=parallel a=append b=cookie c=cookie-jar d=data e=referer f=fail g=globoff
    h=help i=include j=junk-session-cookies k=insecure l=list-only m=max-time n=netrc o=output
    p=proxytunnel q=disable r=range s=silent t=telnet-option u=user v=verbose w=write-out
    x=proxy y=speed-time z=time-cond
"""
_WITH_VALUE: Final = frozenset(_WITH_VALUE_TEXT.split())
_FLAGS: Final = frozenset(_FLAGS_TEXT.split())
_LETTERS: Final[dict[str, str]] = dict(pair.split("=") for pair in _LETTERS_TEXT.split())
_NAMES: Final = _WITH_VALUE | _FLAGS


class Option(NamedTuple):
    """An option by its long name, with its value; the name "" is a URL.

    `known` is False where curl 8 has no such option, so that whether it takes a value is a guess.
    """

    name: str
    value: str = ""
    word: int = 0
    known: bool = True


def options_of(words: Sequence[str]) -> Iterator[Option]:
    """The options of a command line, without the name of the program.

    Raises Refused where the last option has no value.
    """
    at = 0
    while at < len(words):
        word = words[at]
        if word.startswith("--") and len(word) > len("--"):
            option, at = _long(words, at)
            yield option
        elif word.startswith("-") and len(word) > 1:
            letters, at = _letters(words, at)
            yield from letters
        elif word == "--":
            # All that follows is an argument, whatever it looks like.
            yield from (
                Option("", rest, place) for place, rest in enumerate(words[at + 1 :], at + 1)
            )
            return
        else:
            yield Option("", word, at)
            at += 1


def _long(words: Sequence[str], at: int) -> tuple[Option, int]:
    name = _full_name(words[at].removeprefix("--"))
    known = name in _NAMES
    if name in _WITH_VALUE or (not known and _seems_to_take(words, at)):
        return Option(name, _value(words, at), at + 1, known), at + 2
    return Option(name, "", at, known), at + 1


@lru_cache(maxsize=1024)
def _full_name(name: str) -> str:
    """The name that a shortened one stands for; a word of its own where it stands for none."""
    # `--expand-data` fills in variables, `--no-silent` turns a flag off.
    name = name.removeprefix("expand-")
    if name in _NAMES or name.removeprefix("no-") in _FLAGS:
        return name if name in _NAMES else name.removeprefix("no-") + ".off"
    longer = [full for full in _NAMES if full.startswith(name)]
    return longer[0] if len(longer) == 1 else name


def _seems_to_take(words: Sequence[str], at: int) -> bool:
    """Whether the word after an option that nobody knows is its value and not the URL."""
    following = words[at + 1 : at + 2]
    if not following or following[0].startswith("-") or _is_url(following[0]):
        return False
    return any(map(_is_url, words[at + 2 :]))


def _is_url(word: str) -> bool:
    host = word.partition("/")[0].partition(":")[0]
    return "://" in word or host == "localhost" or ("." in host and host.isascii())


def _letters(words: Sequence[str], at: int) -> tuple[list[Option], int]:
    found: list[Option] = []
    for inside, letter in enumerate(words[at][1:], 2):
        name = _LETTERS.get(letter, letter)
        if name in _WITH_VALUE:
            attached = words[at][inside:]
            value, place = (attached, at) if attached else (_value(words, at), at + 1)
            return [*found, Option(name, value, place)], place + 1
        found.append(Option(name, "", at, name in _NAMES))
    return found, at + 1


def _value(words: Sequence[str], at: int) -> str:
    if at + 1 == len(words):
        raise Refused(f"the option {words[at]} has no value", hint="is the command whole?")
    return words[at + 1]

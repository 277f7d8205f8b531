"""Signing in by an OpenID Connect provider: authorization code with PKCE, state and nonce.

OpenID Connect Core 1.0, section 3.1; RFC 7636 for PKCE. The provider says who somebody is, nothing more: the administrator has
linked its name for them to an account beforehand, and nobody gets an account by signing in. E-mail addresses are not compared,
because providers let people change them.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import httpx
from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.discovery import get_well_known_url
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from outwork.store.service.sessions import digest
from outwork.web.settings import Provider

LASTS: Final = 600.0
"""How long somebody may take at the provider [s]."""
AT_ONCE: Final = 1000
"""Sign-ins under way that are remembered; the oldest is forgotten first."""
SKEW: Final = 60
"""How far the provider's clock may be from ours [s]."""
SIGNED_BY: Final = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519"]
"""Signatures that only the provider can make; those by a shared secret and `none` are refused."""


class NotSignedIn(Exception):
    """The provider did not sign anybody in; `key` is of the text that says why."""

    def __init__(self, key: str) -> None:
        """Keep the key."""
        self.key = key
        super().__init__(key)


@dataclass(frozen=True)
class Flow:
    """A sign-in under way: what only this browser, the provider and we know of it, and where it goes back to."""

    state: str
    nonce: str
    verifier: str
    redirect: str
    back: str
    until: float


@dataclass(frozen=True)
class Beginning:
    """Where to send a browser, and the cookie by which it is known when it comes back."""

    address: str
    cookie: str


@dataclass(eq=False)
class SignIns:
    """Sign-ins by one provider."""

    provider: Provider
    _flows: OrderedDict[str, Flow] = field(default_factory=OrderedDict)
    _metadata: Mapping[str, Any] = field(default_factory=dict)
    _finding: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def begin(self, redirect: str, back: str, now: float) -> Beginning:
        """Begin a sign-in. Args: redirect, our address to which the provider sends the browser; back, the path after that."""
        metadata = await self._found()
        cookie, state, nonce, verifier = (secrets.token_urlsafe(48) for _ in range(4))
        self._flows[digest(cookie)] = Flow(state, nonce, verifier, redirect, back, now + LASTS)
        while len(self._flows) > AT_ONCE:
            self._flows.popitem(last=False)
        challenge = {"code_challenge": create_s256_code_challenge(verifier), "code_challenge_method": "S256"}
        address = prepare_grant_uri(
            metadata["authorization_endpoint"],
            self.provider.client,
            "code",
            redirect_uri=redirect,
            scope="openid",
            state=state,
            nonce=nonce,
            **challenge,
        )
        return Beginning(address, cookie)

    async def end(self, cookie: str, query: Mapping[str, str], now: float) -> tuple[str, str]:
        """Return whom the provider signed in, by issuer and subject, and the path to go back to. NotSignedIn where nobody."""
        flow = self._flows.pop(digest(cookie), None)
        if flow is None or flow.until <= now or not secrets.compare_digest(query.get("state", ""), flow.state):
            raise NotSignedIn("sign_in.provider_stale")
        if "code" not in query:
            raise NotSignedIn("sign_in.provider_refused")
        metadata = await self._found()
        claims = await self._claims(metadata, await self._token(metadata, flow, query["code"]), flow.nonce)
        return f"{claims['iss']} {claims['sub']}", flow.back

    async def _found(self) -> Mapping[str, Any]:
        """Return what the provider says of itself, asked once."""
        async with self._finding:
            if not self._metadata:
                metadata = await _answer("GET", get_well_known_url(self.provider.issuer, external=True))
                if metadata.get("issuer") != self.provider.issuer:
                    raise NotSignedIn("sign_in.provider_failed")
                self._metadata = metadata
        return self._metadata

    async def _token(self, metadata: Mapping[str, Any], flow: Flow, code: str) -> str:
        """Return the identity token for a code."""
        form = {"grant_type": "authorization_code", "code": code, "redirect_uri": flow.redirect, "code_verifier": flow.verifier}
        own = httpx.BasicAuth(self.provider.client, self.provider.secret)
        answer = await _answer("POST", metadata["token_endpoint"], data=form, auth=own)
        token = answer.get("id_token")
        if not isinstance(token, str):
            raise NotSignedIn("sign_in.provider_failed")
        return token

    async def _claims(self, metadata: Mapping[str, Any], token: str, nonce: str) -> Mapping[str, Any]:
        """Return what an identity token claims, once it is shown to be this provider's, for us, of this sign-in and fresh."""
        keys = await _answer("GET", metadata["jwks_uri"])
        wanted = jwt.JWTClaimsRegistry(
            leeway=SKEW,
            iss={"essential": True, "value": self.provider.issuer},
            aud={"essential": True, "value": self.provider.client},
            sub={"essential": True},
            exp={"essential": True},
            iat={"essential": True},
            nonce={"essential": True, "value": nonce},
        )
        try:
            claims = jwt.decode(token, KeySet.import_key_set(keys), algorithms=SIGNED_BY).claims  # type: ignore[arg-type]
            wanted.validate(claims)
        except (JoseError, ValueError) as error:
            raise NotSignedIn("sign_in.provider_failed") from error
        if claims.get("azp", self.provider.client) != self.provider.client:
            raise NotSignedIn("sign_in.provider_failed")
        return claims


async def _answer(method: str, address: str, **asked: Any) -> dict[str, Any]:
    """Return the JSON object that the provider answers."""
    try:
        async with httpx.AsyncClient(timeout=10.0, follow_redirects=False, trust_env=False) as client:
            answer = await client.request(method, address, headers={"Accept": "application/json"}, **asked)
            answer.raise_for_status()
            found = answer.json()
    except (httpx.HTTPError, ValueError) as error:
        raise NotSignedIn("sign_in.provider_failed") from error
    if not isinstance(found, dict):
        raise NotSignedIn("sign_in.provider_failed")
    return found

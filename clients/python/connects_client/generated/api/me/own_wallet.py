import datetime
from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.problem import Problem
from ...models.wallet_document import WalletDocument
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    at: datetime.datetime | None | Unset = UNSET,
    at_least: int | Unset = 0,
) -> dict[str, Any]:

    params: dict[str, Any] = {}

    json_at: None | str | Unset
    if isinstance(at, Unset):
        json_at = UNSET
    elif isinstance(at, datetime.datetime):
        json_at = at.isoformat()
    else:
        json_at = at
    params["at"] = json_at

    params["at_least"] = at_least

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "get",
        "url": "/api/v1/me/wallet",
        "params": params,
    }

    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Problem | WalletDocument | None:
    if response.status_code == 200:
        response_200 = WalletDocument.from_dict(response.json())

        return response_200

    if response.status_code == 400:
        response_400 = Problem.from_dict(response.json())

        return response_400

    if response.status_code == 401:
        response_401 = Problem.from_dict(response.json())

        return response_401

    if response.status_code == 402:
        response_402 = Problem.from_dict(response.json())

        return response_402

    if response.status_code == 403:
        response_403 = Problem.from_dict(response.json())

        return response_403

    if response.status_code == 404:
        response_404 = Problem.from_dict(response.json())

        return response_404

    if response.status_code == 409:
        response_409 = Problem.from_dict(response.json())

        return response_409

    if response.status_code == 413:
        response_413 = Problem.from_dict(response.json())

        return response_413

    if response.status_code == 415:
        response_415 = Problem.from_dict(response.json())

        return response_415

    if response.status_code == 422:
        response_422 = Problem.from_dict(response.json())

        return response_422

    if response.status_code == 429:
        response_429 = Problem.from_dict(response.json())

        return response_429

    if response.status_code == 503:
        response_503 = Problem.from_dict(response.json())

        return response_503

    if client.raise_on_unexpected_status:
        raise errors.UnexpectedStatus(response.status_code, response.content)
    else:
        return None


def _build_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> Response[Problem | WalletDocument]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    at: datetime.datetime | None | Unset = UNSET,
    at_least: int | Unset = 0,
) -> Response[Problem | WalletDocument]:
    """What you hold

     Your balance, what you owe, and what is held; `at` is as it was at a past instant.

    Args:
        at (datetime.datetime | None | Unset): A past instant; else now.
        at_least (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WalletDocument]
    """

    kwargs = _get_kwargs(
        at=at,
        at_least=at_least,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    at: datetime.datetime | None | Unset = UNSET,
    at_least: int | Unset = 0,
) -> Problem | WalletDocument | None:
    """What you hold

     Your balance, what you owe, and what is held; `at` is as it was at a past instant.

    Args:
        at (datetime.datetime | None | Unset): A past instant; else now.
        at_least (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WalletDocument
    """

    return sync_detailed(
        client=client,
        at=at,
        at_least=at_least,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    at: datetime.datetime | None | Unset = UNSET,
    at_least: int | Unset = 0,
) -> Response[Problem | WalletDocument]:
    """What you hold

     Your balance, what you owe, and what is held; `at` is as it was at a past instant.

    Args:
        at (datetime.datetime | None | Unset): A past instant; else now.
        at_least (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[Problem | WalletDocument]
    """

    kwargs = _get_kwargs(
        at=at,
        at_least=at_least,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    at: datetime.datetime | None | Unset = UNSET,
    at_least: int | Unset = 0,
) -> Problem | WalletDocument | None:
    """What you hold

     Your balance, what you owe, and what is held; `at` is as it was at a past instant.

    Args:
        at (datetime.datetime | None | Unset): A past instant; else now.
        at_least (int | Unset):  Default: 0.

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Problem | WalletDocument
    """

    return (
        await asyncio_detailed(
            client=client,
            at=at,
            at_least=at_least,
        )
    ).parsed

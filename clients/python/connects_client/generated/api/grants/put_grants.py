from http import HTTPStatus
from typing import Any

import httpx

from ... import errors
from ...client import AuthenticatedClient, Client
from ...models.grant_list import GrantList
from ...models.problem import Problem
from ...models.put_grants_json_body_type_0_item import PutGrantsJsonBodyType0Item
from ...models.put_grants_json_body_type_1 import PutGrantsJsonBodyType1
from ...types import UNSET, Response, Unset


def _get_kwargs(
    *,
    body: list[PutGrantsJsonBodyType0Item] | PutGrantsJsonBodyType1,
    atomic: bool | Unset = False,
) -> dict[str, Any]:
    headers: dict[str, Any] = {}

    params: dict[str, Any] = {}

    params["atomic"] = atomic

    params = {k: v for k, v in params.items() if v is not UNSET and v is not None}

    _kwargs: dict[str, Any] = {
        "method": "put",
        "url": "/api/v1/grants",
        "params": params,
    }

    if isinstance(body, list):
        _kwargs["json"] = []
        for body_type_0_item_data in body:
            body_type_0_item = body_type_0_item_data.to_dict()
            _kwargs["json"].append(body_type_0_item)

    else:
        _kwargs["json"] = body.to_dict()

    headers["Content-Type"] = "application/json"

    _kwargs["headers"] = headers
    return _kwargs


def _parse_response(
    *, client: AuthenticatedClient | Client, response: httpx.Response
) -> GrantList | Problem | None:
    if response.status_code == 207:
        response_207 = GrantList.from_dict(response.json())

        return response_207

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

    if response.status_code == 412:
        response_412 = Problem.from_dict(response.json())

        return response_412

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
) -> Response[GrantList | Problem]:
    return Response(
        status_code=HTTPStatus(response.status_code),
        content=response.content,
        headers=response.headers,
        parsed=_parse_response(client=client, response=response),
    )


def sync_detailed(
    *,
    client: AuthenticatedClient,
    body: list[PutGrantsJsonBodyType0Item] | PutGrantsJsonBodyType1,
    atomic: bool | Unset = False,
) -> Response[GrantList | Problem]:
    """Send up to 1,000 grants, each with its own outcome, or all or none

    Args:
        atomic (bool | Unset): All items, or none of them. Default: False.
        body (list[PutGrantsJsonBodyType0Item] | PutGrantsJsonBodyType1):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[GrantList | Problem]
    """

    kwargs = _get_kwargs(
        body=body,
        atomic=atomic,
    )

    response = client.get_httpx_client().request(
        **kwargs,
    )

    return _build_response(client=client, response=response)


def sync(
    *,
    client: AuthenticatedClient,
    body: list[PutGrantsJsonBodyType0Item] | PutGrantsJsonBodyType1,
    atomic: bool | Unset = False,
) -> GrantList | Problem | None:
    """Send up to 1,000 grants, each with its own outcome, or all or none

    Args:
        atomic (bool | Unset): All items, or none of them. Default: False.
        body (list[PutGrantsJsonBodyType0Item] | PutGrantsJsonBodyType1):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        GrantList | Problem
    """

    return sync_detailed(
        client=client,
        body=body,
        atomic=atomic,
    ).parsed


async def asyncio_detailed(
    *,
    client: AuthenticatedClient,
    body: list[PutGrantsJsonBodyType0Item] | PutGrantsJsonBodyType1,
    atomic: bool | Unset = False,
) -> Response[GrantList | Problem]:
    """Send up to 1,000 grants, each with its own outcome, or all or none

    Args:
        atomic (bool | Unset): All items, or none of them. Default: False.
        body (list[PutGrantsJsonBodyType0Item] | PutGrantsJsonBodyType1):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        Response[GrantList | Problem]
    """

    kwargs = _get_kwargs(
        body=body,
        atomic=atomic,
    )

    response = await client.get_async_httpx_client().request(**kwargs)

    return _build_response(client=client, response=response)


async def asyncio(
    *,
    client: AuthenticatedClient,
    body: list[PutGrantsJsonBodyType0Item] | PutGrantsJsonBodyType1,
    atomic: bool | Unset = False,
) -> GrantList | Problem | None:
    """Send up to 1,000 grants, each with its own outcome, or all or none

    Args:
        atomic (bool | Unset): All items, or none of them. Default: False.
        body (list[PutGrantsJsonBodyType0Item] | PutGrantsJsonBodyType1):

    Raises:
        errors.UnexpectedStatus: If the server returns an undocumented status code and Client.raise_on_unexpected_status is True.
        httpx.TimeoutException: If the request takes longer than Client.timeout.

    Returns:
        GrantList | Problem
    """

    return (
        await asyncio_detailed(
            client=client,
            body=body,
            atomic=atomic,
        )
    ).parsed

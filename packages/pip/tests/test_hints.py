"""Types are known at run time, to those who ask with `typing.get_type_hints`."""

import inspect
import pkgutil
import sys
import typing
from decimal import Decimal
from importlib import import_module
from typing import Any, Iterator, List, Tuple

import pytest

import xportcn
import xportcn._calls
import xportcn.journal
import xportcn.models
import xportcn.pytest_plugin
import xportcn.sandbox
from xportcn._section import Section
from xportcn.models import taobao


def functions(owner: Any, within: str) -> Iterator[Tuple[str, Any]]:
    for name, value in vars(owner).items():
        if isinstance(value, property):
            yield f"{within}.{name}", value.fget
        elif isinstance(value, (classmethod, staticmethod)):
            yield f"{within}.{name}", value.__func__
        elif inspect.isfunction(value):
            yield f"{within}.{name}", value


def public() -> Iterator[Tuple[str, Any]]:
    for module in (xportcn, xportcn.sandbox):
        for name in module.__all__:
            thing = getattr(module, name)
            if inspect.isclass(thing):
                yield name, thing
                yield from functions(thing, name)
            elif callable(thing):
                yield name, thing


def calls(section: Any, within: str) -> Iterator[Tuple[str, Any]]:
    """All calls and sections below one, as a user gets at them."""
    yield from functions(type(section), within)
    for base in type(section).__mro__[1:]:
        if base not in (Section, object):
            yield from functions(base, within)
    for name, _ in inspect.getmembers(type(section), lambda member: isinstance(member, property)):
        if name not in ("with_reply",) and not name.startswith("_"):
            yield from calls(getattr(section, name), f"{within}.{name}")


@pytest.mark.parametrize("kind", [xportcn.Client, xportcn.AsyncClient])
def test_every_call_of_a_client_has_its_types(kind: Any) -> None:
    client = kind("key", "secret", "user")
    found: List[str] = []
    for view, name in ((client, "client"), (client.with_reply, "client.with_reply")):
        for path, function in calls(view, name):
            typing.get_type_hints(function)
            found.append(path)
    assert len([path for path in found if path.startswith("client.with_reply.")]) > 100
    assert len(found) > 250


def test_every_public_name_has_its_types() -> None:
    names = [name for name, thing in public() if typing.get_type_hints(thing) is not None]
    assert {"Client.request", "AsyncClient.__init__", "verify_push", "Sandbox.start", "Transport.send"} <= set(names)


def test_get_type_hints_works_on_all_public_classes_and_methods() -> None:
    modules = [xportcn, xportcn.journal, xportcn.sandbox, xportcn.pytest_plugin]
    for package in (xportcn.models, xportcn._calls):
        modules += [import_module(m.name) for m in pkgutil.walk_packages(package.__path__, f"{package.__name__}.")]
    names = set()
    for module in modules:
        for name, thing in vars(module).items():
            if getattr(thing, "__module__", "") != module.__name__ and name not in getattr(module, "__all__", ()):
                continue
            for path, one in [(name, thing), *(functions(thing, name) if inspect.isclass(thing) else ())]:
                if inspect.isclass(one) or inspect.isfunction(one):
                    typing.get_type_hints(one)
                    names.add(f"{module.__name__}.{path}")
    assert {"xportcn.journal.Journal.settle", "xportcn.sandbox.Sandbox.start"} <= names
    assert "xportcn._calls.async_reply.taobao.ProductSearchCall.pages" in names
    assert len(names) > 1000


@pytest.mark.parametrize("kind", [xportcn.Client, xportcn.AsyncClient])
def test_iscoroutinefunction_is_true_for_the_calls_of_the_async_client_alone(kind: Any) -> None:
    client = kind("key", "secret", "user")
    search = client.taobao.product.search
    awaited = [client.request, client.settle, client.recover, client.wait_until, client.taobao.order.wait_until]
    for view in (client, client.with_reply):
        awaited += [view.taobao.after_sale.render, view.taobao.product.search.__call__, view.taobao.order.get]
    # A call with pages is an object, which looks like a function to those who ask.
    if sys.version_info >= (3, 10):
        awaited += [search, client.with_reply.taobao.product.search]
    assert [inspect.iscoroutinefunction(one) for one in awaited] == [kind is xportcn.AsyncClient] * len(awaited)
    assert not any(map(inspect.iscoroutinefunction, (search.pages, search.items, client.with_options)))
    assert list(inspect.signature(search).parameters)[:2] == list(inspect.signature(search.items).parameters)[:2]
    assert not hasattr(search, "nothing")


def test_every_object_has_its_types() -> None:
    count = 0
    for module in pkgutil.iter_modules(xportcn.models.__path__):
        for _, kind in inspect.getmembers(import_module(f"xportcn.models.{module.name}"), inspect.isclass):
            typing.get_type_hints(kind)
            count += 1
    assert count > 100


def test_the_types_are_the_classes_themselves() -> None:
    client = xportcn.Client("key", "secret", "user")
    hints = typing.get_type_hints(client.taobao.order.purchase_create)
    assert hints["purchase_amount"] == typing.Union[Decimal, int, str]
    assert hints["return"] is typing.get_type_hints(client.taobao.order.purchase_create)["return"]
    whole = typing.get_type_hints(client.with_reply.taobao.after_sale.render)["return"]
    assert whole == xportcn.Reply[taobao.TaobaoAfterSaleRenderReply]
    awaited = xportcn.AsyncClient("key", "secret", "user").taobao.after_sale.render
    assert typing.get_type_hints(awaited)["return"] is taobao.TaobaoAfterSaleRenderReply
    search = client.taobao.product.search
    assert typing.get_type_hints(search)["return"] is typing.get_type_hints(search.__call__)["return"]

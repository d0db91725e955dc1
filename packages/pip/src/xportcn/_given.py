"""Types of fields that are only sent: checkers see all that may be given, and readers of JSON what is read."""

from decimal import Decimal
from typing import TYPE_CHECKING, Any, TypeVar, Union

if TYPE_CHECKING:
    T = TypeVar("T")

    GivenAmount = Union[Decimal, int, str]
    GivenText = Union[T, str]
    GivenNumber = Union[T, int, str]
else:
    GivenAmount = Decimal

    class GivenText:
        """A code that is text."""

        def __class_getitem__(cls, code: Any) -> Any:
            return code

    class GivenNumber:
        """A code that is a number."""

        def __class_getitem__(cls, code: Any) -> Any:
            return Union[code, str]

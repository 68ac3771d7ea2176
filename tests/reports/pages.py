"""Reading a page as a strict reader would: what is opened is closed, and what is linked exists."""

import unicodedata
from html.parser import HTMLParser

VOID = {"meta", "br", "link", "img", "hr", "input"}
DANGEROUS = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


class Page(HTMLParser):
    """A page taken apart: its elements in order, and its text without that of styles."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.faults: list[str] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.faults.extend(f"{tag} is never closed" for tag in self._open)

    def handle_starttag(self, tag, attrs):
        """Note the element, and that it waits to be closed."""
        self.elements.append((tag, dict(attrs)))
        if len(dict(attrs)) != len(attrs):
            self.faults.append(f"{tag} has an attribute twice")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        """Note an element that closes itself."""
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        """Close what was opened last, or note the fault."""
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"{tag} is closed but was not the last one opened")

    def handle_data(self, data):
        """Keep what a reader sees."""
        if not self._open or self._open[-1] != "style":
            self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """The attributes of every element of this name."""
        return [attributes for name, attributes in self.elements if name == tag]

    def values(self, attribute: str) -> list[str]:
        """Every value of an attribute, in order."""
        return [a[attribute] or "" for _, a in self.elements if attribute in a]


def dangerous(text: str) -> set[str]:
    """Characters that are drawn as nothing, or that change what is drawn around them."""
    return {one for one in text if unicodedata.category(one) in DANGEROUS} - {"\n"}

"""The page that an e-mail's HTML part is: readable on a phone, and in the reader's own colours.

It names no colours. Mail programs on dark screens keep a dark text that a page asks for and change the
ground below it alone; what asks for none is shown in colours that belong together.
"""

from __future__ import annotations

from django.utils.html import format_html
from django.utils.safestring import SafeString

from connects.wording.languages import language


def email_page(content: SafeString) -> SafeString:
    """The HTML part with that content, in the language that is spoken."""
    return format_html(
        '<!doctype html><html lang="{}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        '<meta name="color-scheme" content="light dark">'
        '<meta name="supported-color-schemes" content="light dark"></head>'
        '<body style="margin:0;padding:24px 16px;font:16px/1.5 sans-serif;color-scheme:light dark">'
        '<div style="max-width:36em;margin:0 auto;overflow-wrap:anywhere">{}</div></body></html>',
        language(),
        content,
    )

"""The drawings of icons: one stroke, 20 by 20, always beside a word."""

from __future__ import annotations

ICONS: dict[str, str] = {
    "activity": '<path d="M4 5h12M4 10h12M4 15h7"/>',
    "announcement": (
        '<path d="M3 8v4h3l7 3.8V4.2L6 8H3Z"/><path d="M15.7 7.6c1.2 1.3 1.2 3.5 0 4.8"/>'
    ),
    "back": '<path d="M7.5 4.5 3.5 8.5l4 4"/><path d="M3.8 8.5h8a4.3 4.3 0 0 1 0 8.6H9"/>',
    "bell": (
        '<path d="M5 13.5V9a5 5 0 0 1 10 0v4.5l1.3 1.5H3.7L5 13.5Z"/><path d="M8.3 17.2h3.4"/>'
    ),
    "book": (
        '<path d="M4 3.5h9.5A2.5 2.5 0 0 1 16 6v11H6.3A2.3 2.3 0 0 1 4 14.7V3.5Z"/>'
        '<path d="M4 14.5c0-1.2.9-2 2.2-2H16"/>'
    ),
    "card": '<rect x="2.5" y="4.5" width="15" height="11" rx="2"/><path d="M2.5 8h15"/>',
    "chart": '<path d="M3 17h14M5.5 14V9.5M10 14V4.5M14.5 14v-6"/>',
    "clock": '<circle cx="10" cy="10" r="7"/><path d="M10 6v4.2l2.8 1.8"/>',
    "done": '<circle cx="10" cy="10" r="7.2"/><path d="m6.8 10.2 2.3 2.4 4.2-4.8"/>',
    "down": '<path d="m5 7.5 5 5 5-5"/>',
    "download": '<path d="M10 3v10M5.7 9 10 13.3 14.3 9M3.5 17h13"/>',
    "e-mail": '<rect x="2.5" y="4.5" width="15" height="11" rx="2"/><path d="m3 6 7 5 7-5"/>',
    "edit": '<path d="M3 17l1-4L13.5 3.5l3 3L7 16l-4 1Z"/>',
    "flag": '<path d="M5 17V3.5h9.5l-2 3.7 2 3.7H5"/>',
    "home": '<path d="m3 9.5 7-6 7 6V17h-4.7v-4.5H7.7V17H3V9.5Z"/>',
    "info": '<circle cx="10" cy="10" r="7.2"/><path d="M10 9.2v4.4M10 6.6v.1"/>',
    "job": (
        '<path d="M5 2.8h6.5L15.5 7v10.2H5V2.8Z"/><path d="M11.3 3v4.2h4M7.7 10.7h5M7.7 13.6h5"/>'
    ),
    "lock": (
        '<rect x="4" y="8.5" width="12" height="8.5" rx="2"/>'
        '<path d="M6.7 8.5V6a3.3 3.3 0 0 1 6.6 0v2.5"/>'
    ),
    "pause": '<path d="M7 4.5v11M13 4.5v11"/>',
    "people": (
        '<circle cx="7.5" cy="7" r="2.8"/>'
        '<path d="M2.5 16.5c0-3 2.2-4.8 5-4.8s5 1.8 5 4.8M13 4.6a2.8 2.8 0 0 1 0 4.9'
        'M14.4 12c1.9.6 3.1 2.2 3.1 4.5"/>'
    ),
    "percent": (
        '<circle cx="6.2" cy="6.2" r="2.2"/><circle cx="13.8" cy="13.8" r="2.2"/>'
        '<path d="M15.5 4.5l-11 11"/>'
    ),
    "pin": '<path d="M7 3h6l-.8 5 2.3 2.5h-9L7.8 8 7 3ZM10 10.5V17"/>',
    "plus": '<path d="M10 4v12M4 10h12"/>',
    "rise": '<path d="M3 15.5 8 10l3.2 3.2L17 6.5"/><path d="M12.7 6.3H17v4.3"/>',
    "scales": (
        '<path d="M10 3v14M6 17h8M4 5.5h12M4 5.5 1.8 11h4.4L4 5.5ZM16 5.5 13.8 11h4.4L16 5.5Z"/>'
    ),
    "search": '<circle cx="9" cy="9" r="5.5"/><path d="m13.2 13.2 4 4"/>',
    "send": '<path d="M17 3 2.8 8.6l5.6 2.9L11.4 17 17 3Z"/><path d="m8.4 11.5 3.4-3.2"/>',
    "sign-out": '<path d="M8 3.5H4v13h4M12.5 6.5 16 10l-3.5 3.5M16 10H8"/>',
    "star": (
        '<path d="m10 2.8 2.2 4.6 5 .7-3.6 3.5.9 5L10 14.2l-4.5 2.4.9-5L2.8 8.1l5-.7L10 2.8Z"/>'
    ),
    "tag": '<path d="M3 3h6.5l7.3 7.3-6.5 6.5L3 9.5V3Z"/><path d="M6.5 6.5v.1"/>',
    "tick": '<path d="m4 10.5 4 4 8-9"/>',
    "wallet": '<rect x="2.5" y="5" width="15" height="11.5" rx="2"/><path d="M2.5 8.5h15M13 12.5h1.5"/>',
    "warning": '<path d="M10 3.2 18 16.8H2L10 3.2Z"/><path d="M10 8.2v4M10 14.4v.1"/>',
}

"""An organisation's listing as a GePNIC portal draws it, with as many rows as wanted. Made up."""

from __future__ import annotations

HEADS = (
    "S.No",
    "e-Published Date",
    "Closing Date",
    "Opening Date",
    "Title and Ref.No./Tender ID",
    "Organisation Chain",
)


def listing_of(rows: int) -> bytes:
    heads = "".join(f"<td>{head}</td>" for head in HEADS)
    table = "\n".join(_row(number) for number in range(rows))
    return f"""<html><head><title>eProcurement System</title></head><body>
<form action="/nicgep/app" id="FrontEndViewTender" method="post">
<table border="0" cellpadding="0" cellspacing="1" class="list_table" id="table" width="100%">
<tr class="list_header">{heads}</tr>
{table}
</table></form></body></html>""".encode()


def _row(number: int) -> str:
    shade = "odd" if number % 2 else "even"
    link = (
        f"/nicgep/app?component=%24DirectLink&amp;page=FrontEndViewTender&amp;service=direct&amp;sp=S{number}"
    )
    return f"""<tr class="{shade}" id="informal_{number}">
<td align="center">{number + 1}</td>
<td align="center">05-Oct-2026 06:00 PM</td>
<td align="center">{1 + number % 28:02}-Nov-2026 02:00 PM</td>
<td align="center">{1 + number % 28:02}-Nov-2026 04:00 PM</td>
<td align="center"><a href="{link}" id="DirectLink_{number}" title="View Tender Information">[Renewal of
water mains (phase {number}) in ward no. {number % 40}]</a>
\t\t\t[MU/{number}/2026-27][2026_MADEUP_{number}_1]</td>
<td align="center">Made-up Municipal Corporation||Water Works||Division {number % 9}</td>
</tr>"""

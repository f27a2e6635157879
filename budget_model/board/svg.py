"""A drawing as SVG, for the PDF and for pictures."""

from xml.sax.saxutils import escape, quoteattr

from budget_model.board.drawing import Box, Drawing, Ribbon, Rule, Words
from budget_model.board.measure import readable

FAMILY = "IBM Plex Sans"


def svg(drawing: Drawing) -> str:
    """The drawing as one SVG document, its words still words.

    >>> svg(Drawing(10, 5, (Box(0, 0, 4, 2, "#12436D"),))).count("<rect")
    1
    """
    colours = sorted({mark.fill for mark in drawing.marks if isinstance(mark, Box) and mark.doubtful})
    patterns = "".join(
        f'<pattern id="h{colour[1:]}" width="6" height="6" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="6" height="6" fill="#FFFFFF"/>'
        f'<rect width="2.4" height="6" fill="{colour}"/></pattern>'
        for colour in colours
    )
    body = "".join(_mark(mark) for mark in drawing.marks)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{drawing.width:.2f}" height="{drawing.height:.2f}" '
        f'viewBox="0 0 {drawing.width:.2f} {drawing.height:.2f}"><defs>{patterns}</defs>{body}</svg>'
    )


def _mark(mark: Box | Words | Ribbon | Rule) -> str:
    if isinstance(mark, Box):
        fill = f"url(#h{mark.fill[1:]})" if mark.doubtful else mark.fill
        edge = f' stroke="{mark.fill}" stroke-width="0.8"' if mark.doubtful else ""
        return (
            f'<rect x="{mark.x:.2f}" y="{mark.y:.2f}" width="{max(mark.width, 0):.2f}" '
            f'height="{max(mark.height, 0):.2f}" fill="{fill}"{edge}/>'
        )
    if isinstance(mark, Words):
        weight = ' font-weight="700"' if mark.bold else ""
        # A third of the type size below the middle is where the letters stand.
        return (
            f'<text x="{mark.x:.2f}" y="{mark.y + mark.size * 0.34:.2f}" font-family={quoteattr(FAMILY)} '
            f'font-size="{mark.size:.2f}" fill="{mark.colour}" text-anchor="{mark.align}"{weight}>'
            f"{escape(readable(mark.text))}</text>"
        )
    if isinstance(mark, Ribbon):
        half = (mark.left + mark.right) / 2
        left_end, right_end = mark.left_top + mark.left_height, mark.right_top + mark.right_height
        return (
            f'<path d="M{mark.left:.2f} {mark.left_top:.2f}'
            f"C{half:.2f} {mark.left_top:.2f} {half:.2f} {mark.right_top:.2f} {mark.right:.2f} {mark.right_top:.2f}"
            f"L{mark.right:.2f} {right_end:.2f}"
            f"C{half:.2f} {right_end:.2f} {half:.2f} {left_end:.2f} {mark.left:.2f} {left_end:.2f}"
            f'Z" fill="{mark.fill}"/>'
        )
    return (
        f'<path d="M{mark.x:.2f} {mark.y:.2f}L{mark.to_x:.2f} {mark.to_y:.2f}" stroke="{mark.colour}" '
        'stroke-width="0.9" fill="none"/>'
    )

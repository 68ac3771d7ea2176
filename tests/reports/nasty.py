"""One corpus of hostile texts, used against every renderer."""

ESCAPES = "\x1b[2J\x1b[31mred\x1b]0;title\x07\x9b31m\x7f\x08\x00"
BIDI = "\u202eevil\u202c \u2066x\u2069 \u061c\u200f"
INVISIBLE = "a\u200bb\u200dc\ufeffd\u2060e\U000e0041f\u00adg\u3164h"
BREAKS = "one\u2028two\u2029three\x85four\x0bfive\x0csix\r\nseven"

TEXTS = {
    "escapes": ESCAPES,
    "bidi": BIDI,
    "invisible": INVISIBLE,
    "breaks": BREAKS,
    "surrogates": "low \udc80 high \ud83d end, pair \ud83d\ude00",
    "noncharacters": "\ufffe \uffff \ufdd0 \U0010ffff",
    "tags": "</pre></code></script><script>alert(1)</script><img src=x onerror=alert(2)>",
    "attributes": "\"' onmouseover='alert(3)' x=\"",
    "entities": "&lt;b&gt; &#0; &amp;amp; &nosuch; ]]> <![CDATA[x]]> <!-- -->",
    "template": "{{ 7 * 7 }} {% raw %} {# no #} ${7*7} %(x)s {0.__class__} #{1}",
    "rich markup": "[bold red]red[/bold red] [link=file:///etc/passwd]x[/link] [/] [@click=x]",
    "forged lines": "\n[PASS] all\n::error file=a::b\n##[command]x\n::stop-commands::x\n# 10 of 10\n  passed",
    "fences": "```\n````\n~~~\n# heading\n`````\n``",
    "markdown": "[x](javascript:alert(1)) ![i](http://a.example/i.png) **b** | c | @some #12 www.a.example",
    "formula": "=cmd|' /C calc'!A0",
    "formula in disguise": "\t \uff1d1+1",
    "long": "A" * 50_000,
    "tall": "\n" * 20_000,
    "deep": "\u0301" * 300 + "x" + "[" * 500,
    "empty": "",
    "blank": " \t\n ",
    "path": "../../etc/passwd\x00.py",
}

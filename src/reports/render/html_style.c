#include "base/attr.h"
#include "reports/render/html_in.h"

/*
 * The part of the program's style sheet that reports use, so that a saved report stands
 * alone. Every colour is a token in the first block; tokens are those of the pages.
 */
/* clang-format off */
static const char *const rules[] = {
    ":root{color-scheme:light;--ground:#eef3ec;--sheet:#fcfdfb;--sunk:#e3ebe2;"
    "--band:#dfe9df;--rule:#d5dfd6;--rule-2:#a3b5a8;--edge:#6c7f75;--margin:#d98a93;"
    "--against:#b8515f;\n",
    "--ink:#14242b;--ink-2:#3d4f54;--ink-3:#51635f;--pen:#174a94;--focus:#0f3670;"
    "--cover:#15402f;--on-cover:#f4f8f2;--on-cover-2:#c3d8ca;\n",
    "--well:#8a1717;--well-bg:#f9ddd8;--bar-well:#a32a22;--below:#6a4200;"
    "--below-bg:#fbe9bf;--bar-below:#b26f00;--on:#1c5a34;--bar-on:#4f8d63;--above:#43309a;"
    "--above-bg:#e6e2f8;--bar-above:#5a46b4;--bar:#587068;--subj-6:#55646b;\n",
    "--sans:\"Segoe UI\",\"Noto Sans\",system-ui,-apple-system,Roboto,\"Liberation Sans\","
    "Arial,sans-serif;--serif:Georgia,Gelasio,\"Noto Serif\",\"Liberation Serif\",serif;"
    "--row:2.125rem}\n",
    "@media screen and (prefers-color-scheme:dark){:root{color-scheme:dark;"
    "--ground:#131d19;--sheet:#19251f;--sunk:#22312a;--band:#26382f;--rule:#2d3f36;"
    "--rule-2:#52695e;--edge:#82988d;--margin:#9a5862;--against:#d07f8a;\n",
    "--ink:#ebf2ed;--ink-2:#bccbc2;--ink-3:#a5b7ad;--pen:#9fc5ff;--focus:#ffd977;"
    "--cover:#0b1512;--on-cover:#eef5f0;--on-cover-2:#a9c0b3;\n",
    "--well:#ffb8ad;--well-bg:#4b211d;--bar-well:#f0776a;--below:#ffd482;"
    "--below-bg:#42330f;--bar-below:#e0a53a;--on:#9ddbb0;--bar-on:#5fae7a;--above:#cfc4ff;"
    "--above-bg:#312a58;--bar-above:#9d8af0;--bar:#8fa89c;--subj-6:#93a3aa}}\n",
    "*,*::before,*::after{box-sizing:border-box}\n",
    "body{margin:0;background:var(--ground);color:var(--ink);font:1rem/1.5 var(--sans)}\n",
    "h1,h2,p,ul,figure{margin:0;padding:0}\n",
    "ul{list-style:none}\n",
    "h1,h2{line-height:1.2;text-wrap:balance}\n",
    "h1{font:700 1.5rem/1.15 var(--serif)}\n",
    "h2{font-size:1.0625rem;font-weight:650}\n",
    "a{color:var(--pen);text-underline-offset:.15em}\n",
    "b{font-weight:650}\n",
    "svg{display:block}\n",
    ":focus-visible{outline:3px solid var(--focus);outline-offset:1px;border-radius:3px}\n",
    ".vh{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);"
    "white-space:nowrap}\n",
    ".quiet{color:var(--ink-3)}\n",
    ".nw{white-space:nowrap}\n",
    ".s{display:inline-block;width:.75em;height:.75em;fill:currentColor;"
    "vertical-align:-.02em;flex:none}\n",
    ".flag{display:inline-flex;align-items:center;gap:.375rem;padding:.0625rem .4375rem;"
    "border-radius:3px;font-size:.8125rem;line-height:1.375rem;min-height:1.5rem;"
    "white-space:nowrap;color:var(--ink-3)}\n",
    ".flag.well{color:var(--well);background:var(--well-bg);font-weight:650}\n",
    ".flag.below{color:var(--below);background:var(--below-bg);font-weight:650}\n",
    ".flag.on{color:var(--on)}\n",
    ".flag.above{color:var(--above);background:var(--above-bg);font-weight:650}\n",
    ".cover{background:var(--cover);color:var(--on-cover);font-size:.875rem}\n",
    ".cover-in{display:flex;align-items:center;gap:1.5rem;max-width:92rem;min-height:3rem;"
    "margin:0 auto;padding:0 1.5rem}\n",
    ".brand{display:flex;align-items:center;gap:.5rem;font:700 1.1875rem/1 var(--serif)}\n",
    ".brand svg{width:1.5rem;height:1.5rem}\n",
    ".school{color:var(--on-cover-2);padding-left:1rem;border-left:1px solid "
    "var(--on-cover-2);line-height:1.2}\n",
    ".page{max-width:92rem;margin:0 auto;padding:1.5rem 1.5rem 2rem}\n",
    ".label{padding-left:1rem;border-left:8px solid var(--subj-6)}\n",
    ".label h1+p{margin-top:.25rem;color:var(--ink-2);font-size:.875rem}\n",
    ".strip{display:flex;flex-wrap:wrap;align-items:center;gap:.5rem 1rem;margin-top:1rem;"
    "font-size:.875rem}\n",
    ".chips{display:flex;flex-wrap:wrap;gap:.25rem}\n",
    ".chips span{display:inline-flex;align-items:center;min-height:1.75rem;padding:0 "
    ".625rem;border:1px solid var(--rule-2);border-radius:1rem;background:var(--sheet)}\n",
    ".cols{display:grid;grid-template-columns:minmax(0,1fr);gap:2rem 1.5rem;"
    "align-items:start;margin-top:1.5rem}\n",
    ".main>*+*{margin-top:2rem}\n",
    ".says{max-width:46rem;font:400 1.5rem/1.35 var(--serif);text-wrap:pretty}\n",
    ".says b{font-weight:700}\n",
    ".aside{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,17rem),"
    "1fr));gap:1.5rem;align-content:start;align-items:start;font-size:.875rem}\n",
    ".aside h2{margin-bottom:.5rem;padding-bottom:.25rem;border-bottom:1px solid "
    "var(--rule-2)}\n",
    ".aside p+p{margin-top:.5rem}\n",
    ".care{padding:.75rem 1rem;border:1px solid var(--rule-2);border-left:4px solid "
    "var(--ink-3);background:var(--sheet);border-radius:3px}\n",
    ".sheet{border:1px solid var(--rule-2);border-radius:3px;background:var(--sheet)}\n",
    ".scroll{overflow-x:auto}\n",
    ".book{width:100%;border-collapse:separate;border-spacing:0;background:var(--sheet);"
    "font-size:.875rem;line-height:1.3;font-variant-numeric:tabular-nums lining-nums}\n",
    ".book caption{text-align:left;padding:.75rem .75rem .5rem;font-size:.8125rem;"
    "color:var(--ink-2);background:var(--sheet)}\n",
    ".book caption h2{color:var(--ink)}\n",
    ".book th,.book td{height:var(--row);padding:.125rem .5rem;border-bottom:1px solid "
    "var(--rule);text-align:left}\n",
    ".book thead th{height:auto;padding:.375rem .5rem;background:var(--sunk);"
    "border-bottom:2px solid var(--rule-2);font-size:.8125rem;font-weight:650;"
    "color:var(--ink-2);vertical-align:bottom;line-height:1.2}\n",
    ".book thead small{display:block;font-size:.75rem;font-weight:400}\n",
    ".book tbody th{font-weight:400}\n",
    ".book tr>:first-child{border-right:2px solid var(--margin)}\n",
    ".book .num,.book thead .num{text-align:right}\n",
    ".book .mid,.book thead .mid{text-align:center}\n",
    ".book tr:nth-child(5n of .p)>*{border-bottom-color:var(--rule-2)}\n",
    ".book tr.p:hover>*{background:var(--sunk)}\n",
    ".book .total>*{border-top:2px solid var(--rule-2);font-weight:650}\n",
    ".sheet>.book tr:last-child>*{border-bottom:0}\n",
    ".sheet>.book thead tr>*{border-bottom:2px solid var(--rule-2)}\n",
    ".twin{width:auto;min-width:24rem;max-width:100%;background:none}\n",
    ".fig{background:var(--sheet);border:1px solid var(--rule-2);border-radius:3px;"
    "padding:1rem}\n",
    ".fig figcaption{margin-bottom:.75rem;font-size:.8125rem;color:var(--ink-2)}\n",
    ".fig figcaption h2,.fig>h2{color:var(--ink)}\n",
    ".fig>h2+p{margin-top:.25rem;font-size:.875rem}\n",
    ".fig details{margin-top:.75rem;font-size:.8125rem}\n",
    "summary{cursor:pointer;color:var(--pen);min-height:1.5rem}\n",
    "summary:hover{text-decoration:underline}\n",
    "svg text{font-family:var(--sans);font-size:12px;fill:var(--ink-2);"
    "font-variant-numeric:tabular-nums}\n",
    "svg .strong{font-weight:650;fill:var(--ink)}\n",
    ".venn{max-width:24rem}\n",
    ".plot{padding:1.25rem 1rem 0 2.25rem}\n",
    ".plot svg,.bars{overflow:visible;width:100%}\n",
    ".feint{stroke:var(--rule)}.level{stroke:var(--rule-2)}.axis{stroke:var(--ink-3)}\n",
    ".corridor{fill:var(--band)}.corridor.edge{stroke:var(--edge)}.brim{stroke:var(--edge)}\n",
    ".line{stroke:var(--ink-3);stroke-width:1.5;stroke-dasharray:2 4;fill:none}"
    ".tick{stroke:var(--ink-2);stroke-width:2}\n",
    ".path{stroke:var(--ink);stroke-width:2;fill:none}.path.other{stroke:var(--ink-3);"
    "stroke-dasharray:6 3}.mark{fill:var(--ink)}\n",
    ".m-well,.b-well{fill:var(--bar-well)}.m-below,.b-below{fill:var(--bar-below)}.m-on,"
    ".b-on{fill:var(--bar-on)}.m-above,.b-above{fill:var(--bar-above)}.b{fill:var(--bar)}"
    ".b-all{fill:var(--band)}\n",
    ".halo{stroke:var(--sheet);stroke-width:2}.today{stroke:var(--against);stroke-width:2}"
    ".ring{fill:var(--sheet);stroke:var(--ink);stroke-width:2.5}\n",
    ".lab{paint-order:stroke;stroke:var(--sheet);stroke-width:3px;stroke-linejoin:round}\n",
    ".o{overflow:visible}.in,.in text{fill:var(--sheet);font-size:20px;font-weight:700}\n",
    ".dist{width:100%;height:2.25rem}\n",
    ".split>ul{display:flex;flex-wrap:wrap;gap:.25rem 1.5rem;margin-bottom:.5rem;"
    "font-size:.875rem}\n",
    ".legend{display:flex;flex-wrap:wrap;align-items:center;gap:.25rem 1rem;"
    "margin-top:.75rem;font-size:.8125rem}\n",
    ".foot{border-top:1px solid var(--rule-2);font-size:.8125rem;color:var(--ink-3)}\n",
    ".foot-in{max-width:92rem;margin:0 auto;padding:.75rem 1.5rem 2rem}\n",
    "@media (min-width:80rem){.with-aside{grid-template-columns:minmax(min-content,1fr) "
    "17.5rem}.aside{grid-template-columns:1fr}}\n",
    ".c-quiet{display:none}\n",
    "@media screen and (max-width:47.99rem){.page{padding:.75rem .75rem 1.25rem}.cover-in,"
    ".foot-in{padding-left:.75rem;padding-right:.75rem}.label{padding-left:.75rem;"
    "border-left-width:6px}.says{font-size:1.25rem}\n",
    ".book{font-size:.8125rem}.book th,.book td{padding-left:.375rem;padding-right:.25rem}"
    ".book .flag{padding:0 .25rem;gap:.25rem;font-size:.75rem}.c-opt,.term,.rep,.dist "
    "use{display:none}\n",
    ".book tr>:first-child{position:sticky;left:0;z-index:1;background:var(--sheet);"
    "min-width:5.5rem}.book thead tr>:first-child{background:var(--sunk)}.twin{min-width:0}"
    "}\n",
    "@media screen and (max-width:23.99rem){.book .flag{white-space:normal;line-height:1.1}"
    ".book thead th{font-size:.75rem;hyphens:auto}.school{font-size:.8125rem}}\n",
    "@page{size:A4;margin:12mm 12mm 16mm;@bottom-left{content:\"Confidential: pupils\\2019 "
    " data\";font:8pt sans-serif}@bottom-right{content:\"Page \" counter(page) \" of \" "
    "counter(pages);font:8pt sans-serif}}\n",
    "@media print{:root{--ground:#fff;--sheet:#fff;--row:1.6875rem;font-size:12px}"
    ".cover-in{padding:0}.cover{background:none;color:#000}.school{color:#000;"
    "border-color:#000}.no-print{display:none!important}\n",
    ".page,.foot-in{max-width:none;padding:0}.with-aside,.aside{display:block}"
    ".aside{columns:2;margin-top:1rem}.aside>*{break-inside:avoid;margin-bottom:1rem}.fig,"
    ".care,.book tr{break-inside:avoid}.main>*+*{margin-top:1rem}\n",
    "caption,thead{break-after:avoid}thead{display:table-header-group}"
    ".scroll{overflow:visible}details{display:none}*{print-color-adjust:exact;"
    "-webkit-print-color-adjust:exact}a{color:inherit;text-decoration:none}}\n",
    "@media (forced-colors:active){.flag{border:1px solid}.dist,.bars,.plot "
    "svg{forced-color-adjust:none}}\n",
    "@media (prefers-contrast:more){:root{--rule:var(--rule-2);--rule-2:var(--edge);"
    "--ink-2:var(--ink);--ink-3:var(--ink)}}\n",
};
/* clang-format on */

void html_style(struct buf *buf)
{
    for (size_t i = 0; i < COUNT(rules); i++)
        buf_add(buf, rules[i]);
}

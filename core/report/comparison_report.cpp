#include "core/report/comparison_report.h"

#include "core/report/html.h"
#include "core/report/report_sections.h"
#include "core/report/whole_file.h"

namespace winnow
{

namespace
{

// Colours of the window's tokens, light and dark, in both of which every text has a contrast of 4.5 or more.
constexpr const char *style = R"(
:root{color-scheme:light dark;--ground:#fff;--text:#161a20;--text2:#444d5a;--text3:#626c7a;--line:#e2e5ea;--control:#7a8492;--shelf:#f4f5f7;
--c0:#1f9e8a;--c1:#5a0f8a;--c2:#922146;--c3:#2d699b;--c4:#837200;--c5:#13212f;--t0:#17705f;--t4:#6a5d05;--band:.16}
@media(prefers-color-scheme:dark){:root{--ground:#181c22;--text:#eceff3;--text2:#b6beca;--text3:#8e98a6;--line:#272d36;--control:#6f7987;--shelf:#111419;
--c0:#28ecc6;--c1:#9187fd;--c2:#d263b8;--c3:#84c2ff;--c4:#95993b;--c5:#f2f4f6;--t0:#28ecc6;--t4:#b9bd66;--band:.18}}
body{font:14px/1.5 Inter,"Noto Sans",system-ui,sans-serif;color:var(--text);background:var(--ground);max-width:1080px;margin:32px auto;padding:0 24px}
h1{font-size:24px;margin:0 0 4px}h2{font-size:18px;margin:32px 0 8px}h3{font-size:14px;margin:20px 0 4px}
table{border-collapse:collapse;font-size:12.5px;margin:8px 0}th{font-weight:500;color:var(--text3);text-align:left;vertical-align:bottom}
th,td{padding:5px 12px 5px 0;border-bottom:1px solid var(--line);vertical-align:top}td{overflow-wrap:anywhere;max-width:380px}
.n{text-align:right;white-space:nowrap;font-family:"Noto Sans Mono",ui-monospace,monospace;font-size:12px}th.n{font-family:inherit;white-space:normal}
.scroll{overflow-x:auto}.note{color:var(--text2);font-size:12.5px;margin:4px 0}.grey{color:var(--text3)}.verdict{font-weight:600;font-size:16px;margin:4px 0}
figure{margin:12px 0;break-inside:avoid}figcaption{color:var(--text2);font-size:12px}svg{width:100%;max-width:680px;height:auto;display:block}
.two{display:grid;grid-template-columns:repeat(auto-fit,minmax(420px,1fr));gap:16px}summary{cursor:pointer;margin:6px 0}
pre,code{font:12px "Noto Sans Mono",ui-monospace,monospace;overflow-wrap:anywhere;white-space:pre-wrap}
.shelf{background:var(--shelf);border:1px dashed var(--control);border-radius:8px;padding:4px 16px 12px;margin-top:32px}.shelf h2{margin-top:12px}
.t,.m{font:11px Inter,"Noto Sans",sans-serif;fill:var(--text2)}.m{font:10.5px "Noto Sans Mono",monospace;fill:var(--text3)}
.g{stroke:var(--line)}.a{stroke:var(--control)}.d{stroke:var(--control);stroke-dasharray:4 3}
.line{fill:none;stroke-width:1.75;stroke-linejoin:round}.base .line{stroke:var(--text3);stroke-width:1.25;stroke-dasharray:2 2}.dashed .line{stroke-dasharray:6 3}
.band{stroke:none;fill-opacity:var(--band)}
.s0{fill:var(--c0);stroke:var(--c0)}.s1{fill:var(--c1);stroke:var(--c1)}.s2{fill:var(--c2);stroke:var(--c2)}
.s3{fill:var(--c3);stroke:var(--c3)}.s4{fill:var(--c4);stroke:var(--c4)}.s5{fill:var(--c5);stroke:var(--c5)}
text.t{stroke:none}text.s0{fill:var(--t0)}text.s1{fill:var(--c1)}text.s2{fill:var(--c2)}text.s3{fill:var(--c3)}text.s4{fill:var(--t4)}text.s5{fill:var(--c5)}
.dots{stroke:var(--text3);stroke-width:3.4;stroke-linecap:round;stroke-opacity:.55;fill:none}.crosses{stroke:var(--text);stroke-width:1.2;fill:none}
@media print{body{margin:0;max-width:none}details{display:block}}
)";

std::string head(const std::string &title)
{
    return "<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\n"
           "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
           "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>"
        + html::escaped(title) + "</title>\n<style>" + style + "</style></head><body>\n";
}

} // namespace

Result<std::string> comparisonReport(Database &database, const std::vector<RunRecord> &runs,
                                     const ReportOptions &options)
{
    if (runs.size() < 2)
        return Error{"A report compares two runs or more; name another run."};
    WINNOW_ASSIGN(const Comparison comparison, compareRuns(database, runs, options.comparison));
    std::string names;
    for (const ComparedRun &run : comparison.runs)
        names += (names.empty() ? "" : ", ") + run.run.name;
    const std::int64_t created = options.createdMs > 0 ? options.createdMs : utcMilliseconds();
    std::string out = head("Comparison: " + names);
    out += "<h1>Comparison of " + std::to_string(comparison.runs.size()) + " runs</h1>\n<p class=\"note\">Written "
        + html::time(created) + " by " + html::escaped(options.program) + ". A is the reference. Bootstrap with seed "
        + std::to_string(options.comparison.seed) + ".</p>\n";
    out += report::runs(comparison) + report::accuracy(comparison) + report::pairs(comparison)
        + report::subjects(comparison);
    out += report::weights(comparison, options.listed) + report::loss(comparison) + report::settings(comparison);
    out += report::provenance(comparison) + report::published();
    return out + "</body></html>\n";
}

Status writeComparisonReport(Database &database, const std::vector<RunRecord> &runs, const std::string &path,
                             const ReportOptions &options)
{
    WINNOW_ASSIGN(const std::string page, comparisonReport(database, runs, options));
    return writeWholeFile(path, page, "The report");
}

} // namespace winnow

package main

import (
	"strings"

	"github.com/spf13/cobra"

	"verbale/internal/app"
)

// Formats of report and export.
var (
	reportFormats = []string{app.FormatText, app.FormatCSV, app.FormatXLSX, app.FormatJSON}
	exportFormats = []string{app.FormatCSV, app.FormatXLSX, app.FormatJSON}
)

// reportHelp is the long help of report.
const reportHelp = "Report tells, of the requests received from one day to another, how many there were by country,\n" +
	"division, main theme, service, who carries them out, language, kind of letter, status, outcome and\n" +
	"owner; how long acknowledgement, acceptance and answer took (median and 90th percentile); what is\n" +
	"overdue; and what results were told.\n\n" +
	"Only what was known at the cut-off counts: a report made later with the same --from, --until and\n" +
	"--as-of has the same figures, but for the messages set aside, which are counted as they are now.\n" +
	"Without --as-of the cut-off is now; it stands in every report.\n\n" +
	"Counted are records that are requests. Those merged into another, those that the desk found to be\n" +
	"no request, other mail and messages set aside are not, and stand apart in the summary. A request\n" +
	"for several countries or services counts once under each. Times are working days of the office,\n" +
	"without time in which the requester's answer was awaited; the acknowledgement, which goes out at\n" +
	"any hour, is measured in minutes. Confidential requests are counted. No format holds any words of\n" +
	"a letter.\n\n" +
	"Formats:\n" +
	"  text   aligned tables, for a terminal\n" +
	"  csv    one row for each figure, with the references of the requests behind it\n" +
	"  xlsx   a workbook: a sheet for each table, and all requests on the last, to filter\n" +
	"  json   one object with every figure, the references behind it, and all requests\n\n" +
	"With --charts it also draws months.png, times.png and countries.png into a folder; a period\n" +
	"without requests has no charts.\n\n" +
	"Exit status is 0 when all was written, 1 when something failed, 2 for wrong use."

func newReport(g *globals) *cobra.Command {
	var o app.ReportOptions
	cmd := &cobra.Command{
		Use:   "report -c FILE [--from DAY] [--until DAY] [--as-of MOMENT] [--format text|csv|xlsx|json] [--charts DIR] [--out FILE]",
		Short: "Count the requests of a period and the time to answer them",
		Long:  reportHelp,
		Example: "  verbale report -c verbale.yaml --from 2026-01-01 --until 2026-06-30\n" +
			"  verbale report -c verbale.yaml --from 2026-01-01 --as-of 2026-07-15 --format xlsx --out half.xlsx\n" +
			"  verbale report -c verbale.yaml --lang fr --charts graphiques\n" +
			"  verbale report -c verbale.yaml --format json | jq '.times.answer'",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needConfig(cmd, g); err != nil {
				return err
			}
			if err := checkOutput(cmd, o.Format, o.Language, o.File, reportFormats); err != nil {
				return err
			}
			if !o.Until.IsZero() && o.Until.Before(o.From) {
				return usagef(cmd, "--until %s lies before --from %s", o.Until, o.From)
			}
			o.Config, o.Out, o.Log = g.config, cmd.OutOrStdout(), g.quietLogger(cmd)
			return app.Report(cmd.Context(), o)
		},
	}
	f := cmd.Flags()
	f.TextVar(&o.From, "from", app.Day{}, "only requests received on this `day` or later (2006-01-02)")
	f.TextVar(&o.Until, "until", app.Day{}, "only requests received on this `day` or earlier")
	f.TextVar(&o.AsOf, "as-of", app.Moment{}, "as known at this `moment`: the end of a day, \"2006-01-02 15:04\", or RFC 3339 (default: now)")
	f.StringVar(&o.Charts, "charts", "", "draw charts into this `folder` as well")
	f.StringVar(&o.Format, "format", app.FormatText, "`format`: text, csv, xlsx or json")
	must(cmd.RegisterFlagCompletionFunc("format", fixed(reportFormats)))
	addOutputFlags(cmd, &o.Language, &o.File)
	return cmd
}

func newExport(g *globals) *cobra.Command {
	var o app.ExportOptions
	cmd := &cobra.Command{
		Use:   "export -c FILE [--format csv|xlsx|json] [--out FILE] [filters as of list]",
		Short: "Write records as a table or as JSON",
		Long: "Export writes records, newest first, all or those that the filters of \"list\" select.\n\n" +
			"csv and xlsx have one row a record, for people: names instead of ids, in the language of --lang.\n" +
			"What strangers wrote stays text even where it looks like a formula: in xlsx as cells of type text,\n" +
			"in csv behind an apostrophe. csv is UTF-8; to open it in a spreadsheet, xlsx is the better choice.\n" +
			"json is what \"list --json\" prints: one object a line, with history, actions and plan.\n\n" +
			"Of confidential records only ids, moments, countries and themes are written. Names, institution,\n" +
			"subject, summary and all other words of their letters are left out unless --confidential is given.\n\n" +
			"Exit status is 0 when all was written, 1 when something failed, 2 for wrong use.",
		Example: "  verbale export -c verbale.yaml --format xlsx --out requests.xlsx\n" +
			"  verbale export -c verbale.yaml --open --division environment --lang ru\n" +
			"  verbale export -c verbale.yaml --format json --since 2026-01-01 | jq -r .reference",
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if err := needConfig(cmd, g); err != nil {
				return err
			}
			if err := oneOf(cmd, "--status", o.Status, statuses...); err != nil {
				return err
			}
			if err := checkOutput(cmd, o.Format, o.Language, o.File, exportFormats); err != nil {
				return err
			}
			o.Config, o.Out, o.Log = g.config, cmd.OutOrStdout(), g.quietLogger(cmd)
			return app.Export(cmd.Context(), o)
		},
	}
	addSelectionFlags(cmd, &o.Selection)
	addConfidentialFlag(cmd, &o.Confidential)
	cmd.Flags().StringVar(&o.Format, "format", app.FormatCSV, "`format`: csv, xlsx or json")
	must(cmd.RegisterFlagCompletionFunc("format", fixed(exportFormats)))
	addOutputFlags(cmd, &o.Language, &o.File)
	return cmd
}

// addOutputFlags adds the flags that say in which language and where something is written.
func addOutputFlags(cmd *cobra.Command, language, file *string) {
	f := cmd.Flags()
	f.StringVar(language, "lang", app.Languages()[0], "`language` of names and headings: "+strings.Join(app.Languages(), ", "))
	f.StringVar(file, "out", "", "write to this `file` instead of standard output")
}

// checkOutput checks the flags of addOutputFlags, and the format.
func checkOutput(cmd *cobra.Command, format, language, file string, formats []string) error {
	if err := oneOf(cmd, "--format", format, formats...); err != nil {
		return err
	}
	if err := oneOf(cmd, "--lang", language, app.Languages()...); err != nil {
		return err
	}
	if format == app.FormatXLSX && file == "" && isTerminal(cmd.OutOrStdout()) {
		return usagef(cmd, "a workbook is not for a terminal: name a file with --out")
	}
	return nil
}

#include "base/text.h"
#include "reports/render/paper.h"
#include "reports/render/terminal_in.h"

enum {
    GAP = 2,
    LEAST = 8,
    COMFORT = 24,
    LINES_MOST = 3,
    FIFTH = 5
};

struct lane {
    struct paper_column paper;
    const char *label; /* cleaned */
    size_t width;
    size_t cell_width; /* of the widest cell */
    bool shown;
};

struct grid {
    const struct table *table;
    const struct render_options *options;
    struct lane *lanes;
    size_t lane_n;
    const char **cells; /* row by row, cleaned */
    const char **rest;  /* what of each lane's text is still to be written */
    size_t pending;     /* blanks owed before the next sign of this line */
};

static const char *cell_at(const struct grid *grid, size_t row, size_t lane)
{
    return grid->cells[row * grid->lane_n + lane];
}

static size_t larger(size_t a, size_t b)
{
    return a > b ? a : b;
}

static size_t lines_of(const char *text, size_t width)
{
    size_t n = 0;

    while (*text != '\0') {
        (void)terminal_take(&text, width);
        n++;
    }
    return n;
}

static size_t longest_word(const char *text)
{
    size_t most = 0;

    while (*text != '\0') {
        struct terminal_span word = { .start = text };

        while (*text != '\0' && *text != ' ')
            word.width += text_char_width(text_next(&text));
        most = larger(most, word.width);
        while (*text == ' ')
            text++;
    }
    return most;
}

/* A head's label may take three lines, its unit one or, where it is `tight`, as many as it
   has words; neither is cut within a word. */
static size_t head_width(const struct lane *lane, size_t least, bool tight)
{
    const char *unit = lane->paper.unit == NULL ? "" : lane->paper.unit;
    size_t width = larger(least, longest_word(lane->label));

    width = larger(width, tight ? longest_word(unit) : text_width(unit));
    while (lines_of(lane->label, width) > LINES_MOST)
        width++;
    return width;
}

/* Flags stand with their signs in a lane of two columns, so that the words are aligned. */
static size_t sign_pad(const struct lane *lane, const char *text)
{
    const char *space = text;

    if (lane->paper.column->type != COLUMN_FLAG)
        return 0;
    while (*space != '\0' && *space != ' ')
        (void)text_next(&space);
    return *space == '\0' || space - text > 3 ? 0 : 1;
}

static bool grid_fill(struct buf *buf, struct grid *grid, const struct paper_column *columns)
{
    const struct table *table = grid->table;
    size_t n = grid->lane_n;

    for (size_t i = 0; i < n; i++) {
        grid->lanes[i] = (struct lane){ .paper = columns[i], .shown = true };
        grid->lanes[i].label = terminal_clean(buf, columns[i].label);
    }
    for (size_t row = 0; row < table->row_n; row++)
        for (size_t i = 0; i < n; i++) {
            const char *text = paper_cell(buf->arena, &columns[i], &table->rows[row]);
            struct lane *lane = &grid->lanes[i];

            if (text == NULL)
                return false;
            text = terminal_clean(buf, text);
            grid->cells[row * n + i] = text;
            lane->cell_width =
                    larger(lane->cell_width, text_width(text) + sign_pad(lane, text));
        }
    for (size_t i = 0; i < n; i++)
        grid->lanes[i].width = head_width(&grid->lanes[i], grid->lanes[i].cell_width, false);
    return true;
}

static bool grid_make(struct buf *buf, const struct table *table,
        const struct render_options *options, struct grid *ret_grid)
{
    struct grid grid = { .table = table, .options = options };
    struct paper_column *columns = paper_columns(buf->arena, table, &grid.lane_n);

    if (columns == NULL)
        return false;
    grid.lanes = arena_array(buf->arena, grid.lane_n, sizeof(*grid.lanes));
    grid.rest = arena_array(buf->arena, grid.lane_n, sizeof(*grid.rest));
    grid.cells = arena_array(buf->arena, table->row_n * grid.lane_n, sizeof(*grid.cells));
    if (grid.lanes == NULL || grid.rest == NULL || grid.cells == NULL)
        return false;
    if (!grid_fill(buf, &grid, columns))
        return false;
    *ret_grid = grid;
    return true;
}

/* The margin line behind the first lane takes one column more than a gap. */
static size_t grid_width(const struct grid *grid)
{
    size_t width = 1;

    for (size_t i = 0; i < grid->lane_n; i++)
        if (grid->lanes[i].shown)
            width += grid->lanes[i].width + (i == 0 ? 0 : GAP);
    return width;
}

/* Let the heads' units take several lines. */
static void grid_tighten(struct grid *grid)
{
    for (size_t i = 0; i < grid->lane_n; i++)
        grid->lanes[i].width = head_width(&grid->lanes[i], grid->lanes[i].cell_width, true);
}

/* Narrow the widest lanes of words, a column at a time. */
static void grid_squeeze(struct grid *grid, size_t width, size_t least)
{
    while (grid_width(grid) > width) {
        struct lane *widest = NULL;

        for (size_t i = 0; i < grid->lane_n; i++) {
            struct lane *lane = &grid->lanes[i];

            if (lane->shown && lane->paper.column->type == COLUMN_TEXT &&
                    lane->width > head_width(lane, least, true) &&
                    (widest == NULL || lane->width > widest->width))
                widest = lane;
        }
        if (widest == NULL)
            return;
        widest->width--;
    }
}

enum drop {
    DROP_QUIET,
    DROP_MINOR,
    DROP_ANY
};

static bool may_drop(const struct lane *lane, enum drop drop)
{
    if (drop == DROP_QUIET)
        return lane->paper.column->quiet;
    if (drop == DROP_MINOR)
        return lane->paper.column->minor;
    return lane->paper.column->type != COLUMN_FLAG;
}

/* Take out lanes of a kind, never the first one. Minor ones go from the left, since a row
   runs from what was to what is concluded; others from the right. */
static void grid_drop(struct grid *grid, size_t width, enum drop drop)
{
    for (size_t n = 1; n < grid->lane_n && grid_width(grid) > width; n++) {
        struct lane *lane = &grid->lanes[drop == DROP_MINOR ? n : grid->lane_n - n];

        if (may_drop(lane, drop))
            lane->shown = false;
    }
}

/*
 * In order: quiet lanes go, words wrap at a comfortable width, heads take more lines, minor
 * lanes go, words wrap narrowly, and at last other lanes go.
 */
static void grid_fit(struct grid *grid)
{
    size_t width = grid->options->width > 0 ? (size_t)grid->options->width : SIZE_MAX;

    grid_drop(grid, width, DROP_QUIET);
    grid_squeeze(grid, width, COMFORT);
    if (grid_width(grid) > width)
        grid_tighten(grid);
    grid_squeeze(grid, width, COMFORT);
    grid_drop(grid, width, DROP_MINOR);
    grid_squeeze(grid, width, LEAST);
    grid_drop(grid, width, DROP_ANY);
}

/* Whether this is the first lane shown, which the margin line follows. */
static bool is_first(const struct grid *grid, size_t lane)
{
    for (size_t i = 0; i < lane; i++)
        if (grid->lanes[i].shown)
            return false;
    return true;
}

static size_t last_shown(const struct grid *grid)
{
    size_t last = grid->lane_n - 1;

    while (last > 0 && !grid->lanes[last].shown)
        last--;
    return last;
}

static const char *const bold = "\033[1m";

/* How a cell is set off, or NULL. */
static const char *cell_style(const struct grid *grid, size_t row, size_t lane)
{
    static const char *const codes[FLAG__MAX] = {
        [FLAG_NONE] = "\033[2m",
        [FLAG_WELL_BELOW] = "\033[1;31m",
        [FLAG_BELOW] = "\033[33m",
        [FLAG_ON] = "\033[32m",
        [FLAG_ABOVE] = "\033[35m",
        [FLAG_WELL_ABOVE] = "\033[1;35m",
    };
    const struct row *cells = &grid->table->rows[row];

    if (grid->lanes[lane].paper.column->type == COLUMN_FLAG)
        return codes[paper_flag(&cells->cells[grid->lanes[lane].paper.at])];
    return cells->total ? bold : NULL;
}

/* Blanks are owed until something follows them, so that no line ends with any. */
static void write_owed(struct buf *buf, struct grid *grid)
{
    buf_add_pad(buf, ' ', grid->pending);
    grid->pending = 0;
}

/* One line of a lane: the next span of its text, or blanks. `cut`: the rest is given up. */
static void write_span(struct buf *buf, struct grid *grid, size_t i, bool cut,
        const char *style)
{
    const struct lane *lane = &grid->lanes[i];
    const char *rest = grid->rest[i];
    size_t pad = *rest == '\0' ? 0 : sign_pad(lane, rest);
    struct terminal_span span = terminal_take(&grid->rest[i], lane->width);
    size_t room, left;

    cut = cut && *grid->rest[i] != '\0';
    if (cut) {
        span = terminal_take(&rest, lane->width - 1);
        span.width++;
    }
    room = lane->width - span.width - pad;
    left = lane->paper.align == PAPER_RIGHT    ? room
           : lane->paper.align == PAPER_CENTRE ? room / 2
                                               : 0;
    grid->pending += left + pad;
    if (span.n != 0) {
        write_owed(buf, grid);
        if (style != NULL && grid->options->colour)
            buf_add(buf, style);
        buf_add_n(buf, span.start, span.n);
        if (cut)
            buf_add(buf, "\xE2\x80\xA6");
        if (style != NULL)
            terminal_off(buf, grid->options);
    }
    grid->pending += room - left;
}

static void write_gap(struct buf *buf, struct grid *grid, size_t lane)
{
    grid->pending += is_first(grid, lane) ? 1 : GAP;
    if (!is_first(grid, lane))
        return;
    write_owed(buf, grid);
    terminal_on(buf, grid->options, TERMINAL_MARGIN);
    buf_add(buf, "\xE2\x94\x82");
    terminal_off(buf, grid->options);
    grid->pending = 1;
}

static void write_end(struct buf *buf, struct grid *grid)
{
    grid->pending = 0;
    buf_add_char(buf, '\n');
}

static void write_rule(struct buf *buf, const struct grid *grid, const char *line,
        const char *cross)
{
    terminal_on(buf, grid->options, TERMINAL_FEINT);
    for (size_t i = 0; i < grid->lane_n; i++) {
        size_t n = grid->lanes[i].width + (is_first(grid, i) ? 1 : GAP);

        if (!grid->lanes[i].shown)
            continue;
        if (i == last_shown(grid) && !is_first(grid, i))
            n -= GAP - 1;
        for (; n > 0; n--)
            buf_add(buf, line);
        if (is_first(grid, i) && i != last_shown(grid))
            buf_add(buf, cross);
    }
    terminal_off(buf, grid->options);
    buf_add_char(buf, '\n');
}

static size_t head_lines(const struct lane *lane)
{
    size_t unit = lane->paper.unit == NULL ? 0 : lines_of(lane->paper.unit, lane->width);

    return lines_of(lane->label, lane->width) + unit;
}

/* Heads stand on the line below them: blanks above the label, the unit under it. */
static void write_head_line(struct buf *buf, struct grid *grid, size_t line, size_t most)
{
    for (size_t i = 0; i < grid->lane_n; i++) {
        const struct lane *lane = &grid->lanes[i];
        const char *kept = grid->rest[i];
        bool above = line + head_lines(lane) < most;

        if (!lane->shown)
            continue;
        if (above)
            grid->rest[i] = "";
        write_span(buf, grid, i, false, bold);
        if (above)
            grid->rest[i] = kept;
        else if (*kept != '\0' && *grid->rest[i] == '\0' && line + 1 < most)
            grid->rest[i] = lane->paper.unit == NULL || kept == lane->paper.unit
                                    ? ""
                                    : lane->paper.unit;
        if (i != last_shown(grid))
            write_gap(buf, grid, i);
    }
    write_end(buf, grid);
}

static void write_heads(struct buf *buf, struct grid *grid)
{
    size_t most = 1;

    for (size_t i = 0; i < grid->lane_n; i++) {
        grid->rest[i] = grid->lanes[i].label;
        if (grid->lanes[i].shown)
            most = larger(most, head_lines(&grid->lanes[i]));
    }
    for (size_t line = 0; line < most; line++)
        write_head_line(buf, grid, line, most);
}

static void write_row(struct buf *buf, struct grid *grid, size_t row)
{
    size_t most = 1;

    for (size_t i = 0; i < grid->lane_n; i++) {
        grid->rest[i] = cell_at(grid, row, i);
        if (grid->lanes[i].shown)
            most = larger(most, lines_of(grid->rest[i], grid->lanes[i].width));
    }
    if (most > LINES_MOST)
        most = LINES_MOST;
    for (size_t line = 0; line < most; line++) {
        for (size_t i = 0; i < grid->lane_n; i++) {
            if (!grid->lanes[i].shown)
                continue;
            write_span(buf, grid, i, line + 1 == most, cell_style(grid, row, i));
            if (i != last_shown(grid))
                write_gap(buf, grid, i);
        }
        write_end(buf, grid);
    }
}

static void write_rows(struct buf *buf, struct grid *grid)
{
    const struct table *table = grid->table;
    size_t since = 0;

    for (size_t row = 0; row < table->row_n; row++) {
        if (table->rows[row].total && row != 0 && !table->rows[row - 1].total)
            write_rule(buf, grid, "\xE2\x94\x80", "\xE2\x94\xBC");
        else if (since == FIFTH)
            write_rule(buf, grid, "\xE2\x94\x84", "\xE2\x94\xBC");
        if (since == FIFTH)
            since = 0;
        since++;
        write_row(buf, grid, row);
    }
}

static void write_lines(struct buf *buf, const struct render_options *options, const char *text)
{
    const char *rest = terminal_clean(buf, text);

    while (*rest != '\0') {
        struct terminal_span span =
                terminal_take(&rest, options->width > 0 ? (size_t)options->width : 0);

        buf_add_n(buf, span.start, span.n);
        buf_add_char(buf, '\n');
    }
}

/* Which columns had no room, so that nobody takes them for missing. */
static void write_left_out(struct buf *buf, const struct grid *grid)
{
    struct buf line = buf_make(buf->arena, BUF_MAX_PAGE);
    const char *text = "";
    bool any = false;
    struct err err;

    for (size_t i = 0; i < grid->lane_n; i++) {
        if (grid->lanes[i].shown)
            continue;
        buf_add(&line, any ? ", " : "Not shown here for want of width: ");
        buf_add(&line, grid->lanes[i].label);
        any = true;
    }
    if (!any)
        return;
    if (buf_end(&line, &text, NULL, &err) != ERR_OK)
        buf->failed = true;
    terminal_on(buf, grid->options, TERMINAL_FEINT);
    write_lines(buf, grid->options, text);
    terminal_off(buf, grid->options);
}

void terminal_table(struct buf *buf, const struct table *table,
        const struct render_options *options)
{
    struct grid grid;

    terminal_on(buf, options, TERMINAL_BOLD);
    write_lines(buf, options, table->title == NULL ? "" : table->title);
    terminal_off(buf, options);
    if (table->caption != NULL)
        write_lines(buf, options, table->caption);
    if (table->row_n == 0 || table->column_n == 0) {
        write_lines(buf, options, table->empty == NULL ? "Nothing to show." : table->empty);
        return;
    }
    if (!grid_make(buf, table, options, &grid)) {
        buf->failed = true;
        return;
    }
    grid_fit(&grid);
    buf_add_char(buf, '\n');
    write_heads(buf, &grid);
    write_rule(buf, &grid, "\xE2\x94\x80", "\xE2\x94\xBC");
    write_rows(buf, &grid);
    write_left_out(buf, &grid);
}

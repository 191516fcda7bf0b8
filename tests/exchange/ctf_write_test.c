#include "exchange/ctf_write.h"

#include "exchange/ctf_read.h"
#include "exchange/xml.h"
#include "gather.h"

/* A file's records, kept: what a school would hold after taking it in. */
struct holding {
    struct arena arena;
    struct ctf_header header;
    struct pupil_record pupils[64];
    size_t pupil_n;
    struct result_record results[256];
    size_t result_n;
    size_t first_result[65];
};

static const char *keep(struct holding *holding, const char *text)
{
    return arena_text(&holding->arena, text);
}

static enum err_code keep_header(void *data, const struct ctf_header *header, struct err *err)
{
    struct holding *holding = data;
    const char **fields = (const char **)(void *)&holding->header;

    (void)err;
    holding->header = *header;
    for (size_t i = 0; i < sizeof(*header) / sizeof(*fields); i++)
        fields[i] = keep(holding, fields[i]);
    return ERR_OK;
}

static enum err_code keep_pupil(void *data, const struct pupil_record *pupil, struct err *err)
{
    struct holding *holding = data;
    struct pupil_record *to = &holding->pupils[holding->pupil_n];
    struct attribute_record *attributes =
            arena_array(&holding->arena, pupil->attribute_n + 8, sizeof(*attributes));
    struct contact_record *contacts =
            arena_array(&holding->arena, pupil->contact_n + 1, sizeof(*contacts));
    struct rest_record *rests = arena_array(&holding->arena, pupil->rest_n + 1, sizeof(*rests));

    (void)err;
    *to = *pupil;
    to->upn = keep(holding, pupil->upn);
    to->former_upn = keep(holding, pupil->former_upn);
    to->surname = keep(holding, pupil->surname);
    to->forename = keep(holding, pupil->forename);
    to->dob = keep(holding, pupil->dob);
    to->sex = keep(holding, pupil->sex);
    for (size_t i = 0; i < pupil->attribute_n; i++)
        attributes[i] = (struct attribute_record){ keep(holding,
                                                           pupil->attributes[i].attribute),
            keep(holding, pupil->attributes[i].value), keep(holding, pupil->attributes[i].from),
            keep(holding, pupil->attributes[i].to) };
    for (size_t i = 0; i < pupil->contact_n; i++)
        contacts[i].xml = keep(holding, pupil->contacts[i].xml);
    for (size_t i = 0; i < pupil->rest_n; i++)
        rests[i] = (struct rest_record){ keep(holding, pupil->rests[i].path),
            keep(holding, pupil->rests[i].xml) };
    to->attributes = attributes;
    to->contacts = contacts;
    to->rests = rests;
    holding->pupil_n++;
    holding->first_result[holding->pupil_n] = holding->result_n;
    return ERR_OK;
}

static enum err_code keep_result(void *data, const struct result_record *result,
        struct err *err)
{
    struct holding *holding = data;

    (void)err;
    holding->results[holding->result_n] = (struct result_record){
        .origin = keep(holding, result->origin),
    };
    holding->first_result[holding->pupil_n] = ++holding->result_n;
    return ERR_OK;
}

static void take_in(struct holding *holding, const char *name, const char *bytes, size_t n)
{
    struct sink sink = {
        .data = holding,
        .on_header = keep_header,
        .on_pupil = keep_pupil,
        .on_result = keep_result,
    };
    struct source source;
    struct err err = { 0 };

    source_memory(&source, name, bytes, n);
    CHECK_OK(name, ctf_read(&source, &sink, &err), &err);
}

static void write_out(const struct holding *holding, struct buf *buf)
{
    struct output output = output_to_buf(buf);
    struct ctf_writer writer;
    struct err err = { 0 };

    CHECK_OK("begin", ctf_write_begin(&writer, &output, &holding->header, &err), &err);
    for (size_t i = 0; i < holding->pupil_n; i++)
        CHECK_OK("pupil",
                ctf_write_pupil(&writer, &holding->pupils[i],
                        &holding->results[holding->first_result[i]],
                        holding->first_result[i + 1] - holding->first_result[i], &err),
                &err);
    CHECK_OK("end", ctf_write_end(&writer, &err), &err);
}

static void gather_all(struct gather *gather, const char *name, const char *bytes, size_t n)
{
    struct sink sink = gather_sink(gather);
    struct source source;
    struct err err = { 0 };

    gather->rests = gather->sorted = true;
    source_memory(&source, name, bytes, n);
    CHECK_OK(name, ctf_read(&source, &sink, &err), &err);
}

/* Every element and attribute of a file as `name=text`, sorted; Sex counts as Gender. */
struct listing {
    struct arena arena;
    const char *lines[2048];
    size_t n;
};

static void list_node(struct listing *listing, const struct xml_node *node)
{
    const char *name = node->name == NULL ? "" : node->name;
    char *text = arena_text(&listing->arena, node->text == NULL ? "" : node->text);

    for (char *at = text; *at != '\0'; at++)
        *at = (char)(*at >= 'a' && *at <= 'z' ? *at - 'a' + 'A' : *at);
    if (strcmp(name, "Sex") == 0)
        name = "Gender";
    listing->lines[listing->n++] =
            arena_printf(&listing->arena, "%s=%s", name, xml_trim(text, &listing->arena));
    for (const struct xml_attr *attr = node->attrs; attr != NULL; attr = attr->next)
        listing->lines[listing->n++] =
                arena_printf(&listing->arena, "%s@%s=%s", name, attr->name, attr->value);
    for (const struct xml_node *child = node->child; child != NULL; child = child->next)
        list_node(listing, child);
}

static enum err_code want_root(void *data, int depth, const char *name, bool *ret_gather,
        struct err *err)
{
    (void)data;
    (void)name;
    (void)err;
    *ret_gather = depth == 1;
    return ERR_OK;
}

static enum err_code list_root(void *data, int depth, const struct xml_node *node,
        struct arena *arena, struct err *err)
{
    (void)depth;
    (void)arena;
    (void)err;
    list_node(data, node);
    return ERR_OK;
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void list_file(struct listing *listing, const char *bytes, size_t n)
{
    const struct xml_handler handler = { listing, want_root, list_root };
    struct source source;
    struct err err = { 0 };

    source_memory(&source, "list", bytes, n);
    CHECK_OK("list", xml_read(&source, &handler, &err), &err);
    qsort(listing->lines, listing->n, sizeof(listing->lines[0]), by_text);
}

static void round_trip(const char *path)
{
    size_t n = 0;
    char *bytes = slurp(path, &n);
    struct holding *holding = calloc(1, sizeof(*holding));
    struct gather first = { 0 };
    struct gather second = { 0 };
    struct listing *before = calloc(1, sizeof(*before));
    struct listing *after = calloc(1, sizeof(*after));
    struct arena arena = { 0 };
    struct buf out = buf_make(&arena, 1 << 20);

    CHECK_TRUE(path, bytes != NULL);
    take_in(holding, path, bytes, n);
    write_out(holding, &out);
    gather_all(&first, path, bytes, n);
    gather_all(&second, path, out.data, out.n);
    CHECK_TEXT(path, gathered(&second), gathered(&first));
    list_file(before, bytes, n);
    list_file(after, out.data, out.n);
    for (size_t i = 0; i < before->n && i < after->n; i++)
        CHECK_TEXT(path, after->lines[i], before->lines[i]);
    CHECK_INT(path, after->n, before->n);
    arena_free(&holding->arena);
    arena_free(&before->arena);
    arena_free(&after->arena);
    arena_free(&arena);
    gather_free(&first);
    gather_free(&second);
    free(before);
    free(after);
    free(holding);
    free(bytes);
}

static void a_file_goes_out_again_with_nothing_lost(void **state)
{
    (void)state;
    round_trip(ATTAIN_SOURCE_ROOT "/tests/exchange/data/3549001_CTF_3549002_002.xml");
}

static void the_samples_go_out_again_with_nothing_lost(void **state)
{
    static const char *const names[] = { "3549001_CTF_3549002_001.xml",
        "3549001_CTF_XXXXXXX_001.xml", "3549001_KS1_354LLLL_001.xml" };
    const char *folder = getenv("ATTAIN_SAMPLES");

    (void)state;
    if (folder == NULL) {
        print_message("skipped: ATTAIN_SAMPLES names no folder of sample files\n");
        skip();
    }
    for (size_t i = 0; i < COUNT(names); i++) {
        char path[1024];

        (void)snprintf(path, sizeof(path), "%s/ctf/%s", folder, names[i]);
        round_trip(path);
    }
}

#define KEPT_DETAILS                                                                           \
    "<BasicDetails><NCyearActual>4</NCyearActual><Languages><Type><LanguageType>F"             \
    "</LanguageType><Language>PNJ</Language></Type></Languages><Own>x</Own></BasicDetails>"
#define KEPT_SEN                                                                               \
    "<SENhistory><SEN><StartDate>2010-10-01</StartDate><SENprovision>A</SENprovision></SEN>"   \
    "<SENneeds/></SENhistory>"
#define KEPT_FSM                                                                               \
    "<FSMhistory><FSMinstance><FSMstartDate>2013-01-07</FSMstartDate><UKcountry>ENG"           \
    "</UKcountry></FSMinstance></FSMhistory>"

static const struct {
    const char *name;
    struct rest_record rest;
    struct attribute_record attributes[3];
    const char *want;
} changes[] = {
    { "a new year group, language and a detail that was not there",
            { "BasicDetails", KEPT_DETAILS },
            { { "year_group", "5", NULL, NULL }, { "language", "ENG", NULL, NULL },
                    { "ethnicity", "WBRI", NULL, NULL } },
            "<BasicDetails><NCyearActual>5</NCyearActual><Ethnicity>WBRI</Ethnicity><Languages>"
            "<Type><LanguageType>F</LanguageType><Language>ENG</Language></Type></Languages>"
            "<Own>x</Own></BasicDetails>" },
    { "the later of two values holds", { "BasicDetails", KEPT_DETAILS },
            { { "own", "new", "2012-01-01", NULL }, { "own", "old", "2011-01-01", NULL } },
            "<Own>new</Own>" },
    { "details made from nothing", { NULL, NULL },
            { { "enrol_status", "C", NULL, NULL }, { "year_group", "R", NULL, NULL },
                    { "house", "Elm", NULL, NULL } },
            "<BasicDetails><NCyearActual>R</NCyearActual><EnrolStatus>C</EnrolStatus>"
            "</BasicDetails>" },
    { "a later stage of SEN", { "SENhistory", KEPT_SEN },
            { { "sen", "A", "2010-10-01", NULL }, { "sen", "P", "2012-09-10", NULL } },
            "<SENhistory><SEN><StartDate>2010-10-01</StartDate><SENprovision>A</SENprovision>"
            "</SEN><SEN><StartDate>2012-09-10</StartDate><SENprovision>P</SENprovision></SEN>"
            "<SENneeds/></SENhistory>" },
    { "an earlier one", { "SENhistory", KEPT_SEN }, { { "sen", "N", "2009-09-01", NULL } },
            "<SENhistory><SEN><StartDate>2009-09-01</StartDate><SENprovision>N</SENprovision>"
            "</SEN><SEN><StartDate>2010-10-01</StartDate>" },
    { "a period of free meals that has ended, and a new one", { "FSMhistory", KEPT_FSM },
            { { "fsm", "Y", "2013-01-07", "2013-07-19" }, { "fsm", "Y", "2014-01-06", NULL },
                    { "fsm", "N", "2013-07-20", NULL } },
            "<FSMhistory><FSMinstance><FSMstartDate>2013-01-07</FSMstartDate>"
            "<FSMendDate>2013-07-19</FSMendDate><UKcountry>ENG</UKcountry></FSMinstance>"
            "<FSMinstance><FSMstartDate>2014-01-06</FSMstartDate></FSMinstance></FSMhistory>" },
    { "taken into care",
            { "LookedAfter", "<LookedAfter><InCare>0</InCare><CareAuthority>354</CareAuthority>"
                             "</LookedAfter>" },
            { { "looked_after", "Y", NULL, NULL } },
            "<LookedAfter><InCare>true</InCare><CareAuthority>354</CareAuthority></"
            "LookedAfter>" },
    { "still not in care, as it was written",
            { "LookedAfter", "<LookedAfter><InCare>0</InCare></LookedAfter>" },
            { { "looked_after", "N", NULL, NULL } },
            "<LookedAfter><InCare>0</InCare></LookedAfter>" },
};

/* What is written of one pupil, without layout. */
static char *written(const struct pupil_record *pupil, const struct result_record *results,
        size_t result_n, const char *version)
{
    struct arena arena = { 0 };
    struct buf buf = buf_make(&arena, 1 << 20);
    struct output output = output_to_buf(&buf);
    struct ctf_header header = { .version = version };
    struct ctf_writer writer;
    struct err err = { 0 };
    char *text;
    char *to;

    CHECK_OK("begin", ctf_write_begin(&writer, &output, &header, &err), &err);
    CHECK_OK("pupil", ctf_write_pupil(&writer, pupil, results, result_n, &err), &err);
    CHECK_OK("end", ctf_write_end(&writer, &err), &err);
    text = calloc(1, buf.n + 1);
    to = text;
    for (const char *at = buf.data; *at != '\0'; at++) {
        if (*at == '\n')
            at += strspn(at, "\n ");
        if (*at == '\0')
            break;
        *to++ = *at;
    }
    arena_free(&arena);
    return text;
}

static void what_the_school_changed_replaces_what_came(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(changes); i++) {
        struct pupil_record pupil = {
            .upn = "N354900108002",
            .attributes = changes[i].attributes,
            .rests = &changes[i].rest,
            .rest_n = changes[i].rest.path != NULL,
        };
        char *text;

        while (pupil.attribute_n < 3 && changes[i].attributes[pupil.attribute_n].value != NULL)
            pupil.attribute_n++;
        text = written(&pupil, NULL, 0, "12.0");
        CHECK_HAS(changes[i].name, text, changes[i].want);
        free(text);
    }
}

static const struct {
    const char *name;
    struct result_record result;
    const char *want;
} own[] = {
    { "a level",
            { .subject = "REA",
                    .kind = "result",
                    .stage = "KS1",
                    .date = "2011-06-30",
                    .grade = "2b",
                    .source = "TA" },
            "<Stage>KS1</Stage><StageAssessment><Locale>ENG</Locale><Year>2011</Year>"
            "<Subject>ENG</Subject><Method>TA</Method><Component>REA</Component>"
            "<ResultStatus>R</ResultStatus><ResultQualifier>NL</ResultQualifier>"
            "<Result>2B</Result><ResultDate>2011-06-30</ResultDate></StageAssessment>" },
    { "a test in an optional year",
            { .subject = "MAT",
                    .kind = "test",
                    .stage = "Y4",
                    .date = "2012-05-11",
                    .mark = "67" },
            "<Stage>Y04</Stage><StageAssessment><Locale>ENG</Locale><Year>2012</Year>"
            "<Subject>MAT</Subject><Method>TT</Method><Component>MAT</Component>"
            "<ResultStatus>I</ResultStatus><ResultQualifier>NM</ResultQualifier>"
            "<Result>67</Result>" },
    { "a target for a GCSE",
            { .subject = "HIS",
                    .kind = "target",
                    .stage = "KS4",
                    .date = "2014-06-30",
                    .grade = "A*" },
            "<ResultStatus>T</ResultStatus><ResultQualifier>EG</ResultQualifier>"
            "<Result>A*</Result>" },
    { "a decimal level",
            { .subject = "MAT",
                    .kind = "assessment",
                    .stage = "KS2",
                    .date = "2012-03-27",
                    .grade = "4.5",
                    .scale = "nc-decimal" },
            "<ResultStatus>I</ResultStatus><ResultQualifier>ND</ResultQualifier>" },
    { "a standard",
            { .subject = "SCI",
                    .kind = "result",
                    .stage = "KS2",
                    .date = "2022-06-20",
                    .grade = "EXS" },
            "<ResultQualifier>NC</ResultQualifier><Result>EXS</Result>" },
    { "a scaled score",
            { .subject = "MAT",
                    .kind = "result",
                    .stage = "KS2",
                    .date = "2022-06-20",
                    .grade = "105",
                    .source = "TT" },
            "<Method>TT</Method><Component>MAT</Component><ResultStatus>R</ResultStatus>"
            "<ResultQualifier>NM</ResultQualifier>" },
    { "markup is escaped",
            { .subject = "MAT",
                    .kind = "prediction",
                    .stage = "KS2",
                    .date = "2012-06-30",
                    .grade = "<4 & \"5\"\x01" },
            "<ResultStatus>E</ResultStatus><ResultQualifier>NC</ResultQualifier>"
            "<Result>&lt;4 &amp; &quot;5&quot;\xEF\xBF\xBD</Result>" },
};

static void results_of_the_school_get_their_codes(void **state)
{
    struct pupil_record pupil = { .upn = "N354900108002" };

    (void)state;
    for (size_t i = 0; i < COUNT(own); i++) {
        char *text = written(&pupil, &own[i].result, 1, "12.0");

        CHECK_HAS(own[i].name, text, own[i].want);
        free(text);
    }
}

static void the_version_settles_the_words(void **state)
{
    static const struct {
        const char *version, *year, *want_version, *want_sex;
    } rows[] = {
        { "12.0", NULL, "<CTFversion>12.0</CTFversion>", "<Gender>F</Gender>" },
        { "22.0", NULL, "<CTFversion>22.0</CTFversion>", "<Gender>F</Gender>" },
        { "23.0", NULL, "<CTFversion>23.0</CTFversion>", "<Sex>F</Sex>" },
        { NULL, "2008", "<CTFversion>8.0</CTFversion>", "<Gender>F</Gender>" },
        { NULL, "2019", "<CTFversion>19.0</CTFversion>", "<Gender>F</Gender>" },
        { NULL, NULL, "<CTFversion>12.0</CTFversion>", "<Gender>F</Gender>" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct arena arena = { 0 };
        struct buf buf = buf_make(&arena, 1 << 16);
        struct output output = output_to_buf(&buf);
        struct ctf_header header = { .version = rows[i].version,
            .academic_year = rows[i].year };
        struct pupil_record pupil = { .upn = "N354900108002", .sex = "F" };
        struct ctf_writer writer;
        struct err err = { 0 };

        CHECK_OK("begin", ctf_write_begin(&writer, &output, &header, &err), &err);
        CHECK_OK("pupil", ctf_write_pupil(&writer, &pupil, NULL, 0, &err), &err);
        CHECK_HAS(rows[i].want_version, buf.data, rows[i].want_version);
        CHECK_HAS(rows[i].want_version, buf.data, rows[i].want_sex);
        arena_free(&arena);
    }
}

static void a_corrected_grade_replaces_that_in_a_result_kept_whole(void **state)
{
    const struct rest_record rest = { "StageAssessments",
        "<StageAssessments><KeyStage><Stage>KS1</Stage><StageAssessment><Subject>MAT</Subject>"
        "<Component>MAT</Component><Result>2B</Result><Own>x</Own></StageAssessment></KeyStage>"
        "</StageAssessments>" };
    const struct pupil_record pupil = { .upn = "N354900108002", .rests = &rest, .rest_n = 1 };
    const struct result_record result = { .origin = "||MAT||MAT|||2A||KS1" };
    char *text = written(&pupil, &result, 1, "12.0");

    (void)state;
    CHECK_HAS("replaced", text,
            "<StageAssessments><KeyStage><Stage>KS1</Stage><StageAssessment><Subject>MAT</"
            "Subject>"
            "<Component>MAT</Component><Result>2A</Result><Own>x</Own></StageAssessment></"
            "KeyStage>"
            "</StageAssessments>");
    free(text);
}

static void kept_xml_that_is_broken_is_refused_with_the_pupil(void **state)
{
    const struct rest_record rest = { "Attendance", "<Attendance><x></Attendance>" };
    const struct pupil_record pupil = { .upn = "N354900108002", .rests = &rest, .rest_n = 1 };
    struct arena arena = { 0 };
    struct buf buf = buf_make(&arena, 1 << 16);
    struct output output = output_to_buf(&buf);
    struct ctf_header header = { .version = "12.0" };
    struct ctf_writer writer;
    struct err err = { 0 };

    (void)state;
    CHECK_OK("begin", ctf_write_begin(&writer, &output, &header, &err), &err);
    CHECK_INT("refused", ctf_write_pupil(&writer, &pupil, NULL, 0, &err), ERR_INVALID);
    CHECK_HAS("which", err.message, "N354900108002");
    arena_free(&arena);
}

TESTS(TEST(a_file_goes_out_again_with_nothing_lost),
        TEST(the_samples_go_out_again_with_nothing_lost),
        TEST(what_the_school_changed_replaces_what_came),
        TEST(results_of_the_school_get_their_codes), TEST(the_version_settles_the_words),
        TEST(a_corrected_grade_replaces_that_in_a_result_kept_whole),
        TEST(kept_xml_that_is_broken_is_refused_with_the_pupil))

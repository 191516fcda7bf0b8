#include <string.h>

#include "actions/account_in.h"
#include "base/text.h"

/*
 * The stems that people build passwords on; with figures, signs and swapped letters taken
 * off, a password that is one of these, twice one, or two of them, is refused.
 */
static const char *const stems[] = { "abc", "access", "account", "admin", "administrator",
    "album", "alex", "amanda", "andrea", "andrew", "angel", "animal", "anthony", "apple",
    "april", "arsenal", "art", "ashley", "assembly", "assessment", "attain", "attainment",
    "august", "autumn", "baby", "badminton", "banana", "baseball", "basketball", "batman",
    "beautiful", "biology", "birmingham", "biscuit", "black", "blue", "bookworm", "boss",
    "bristol", "brother", "bubbles", "buster", "butterfly", "cat", "celtic", "changeit",
    "changeme", "charlie", "cheese", "chelsea", "chemistry", "chicken", "chocolate",
    "christmas", "class", "classroom", "coffee", "college", "computer", "cookie", "cricket",
    "daddy", "daisy", "dance", "daniel", "data", "database", "david", "december", "default",
    "demo", "diamond", "doctor", "dog", "dolphin", "dragon", "drama", "easter", "easy",
    "education", "elephant", "emma", "england", "english", "enter", "everton", "exam", "family",
    "father", "february", "finance", "fire", "fish", "flower", "football", "forever", "forum",
    "france", "french", "friday", "friend", "geography", "george", "german", "ginger", "god",
    "gold", "goodbye", "governor", "grade", "grades", "grammar", "green", "guest", "hannah",
    "happy", "harry", "head", "headteacher", "hello", "history", "holiday", "homework", "horse",
    "house", "hunter", "ilove", "iloveyou", "infant", "internet", "jack", "james", "january",
    "jasmine", "jennifer", "jesus", "john", "jordan", "joseph", "joshua", "july", "june",
    "junior", "key", "killer", "kitten", "learning", "leeds", "lesson", "letmein", "library",
    "liverpool", "login", "london", "love", "lovely", "lucky", "magic", "manager", "manchester",
    "march", "marks", "marksheet", "master", "maths", "mathematics", "matthew", "may",
    "michael", "middlesbrough", "monday", "money", "monkey", "mother", "mum", "mummy", "music",
    "mustang", "name", "new", "newcastle", "nothing", "november", "number", "nursery",
    "october", "office", "oliver", "open", "orange", "pass", "passphrase", "password", "peace",
    "pencil", "pepper", "physics", "pizza", "playground", "please", "pokemon", "police",
    "poppy", "primary", "prince", "princess", "private", "pupil", "purple", "qwerty", "rabbit",
    "rachel", "rainbow", "rangers", "reading", "rebecca", "red", "religion", "robert", "rugby",
    "samantha", "sarah", "saturday", "school", "science", "secondary", "secret", "secure",
    "security", "senco", "september", "server", "shadow", "silver", "simple", "sister", "snow",
    "soccer", "spring", "staff", "star", "starwars", "student", "summer", "sun", "sunday",
    "sunshine", "superman", "superstar", "swimming", "target", "teacher", "teaching", "temp",
    "temporary", "tennis", "test", "testing", "thomas", "thursday", "tiger", "tigger",
    "tottenham", "tracker", "trustno", "tuesday", "united", "user", "username", "wales",
    "wednesday", "welcome", "white", "william", "winter", "wizard", "work", "world", "writing",
    "year", "yellow", "you", "zxcvbnm" };

/* Rows of a keyboard and runs, both ways. */
static const char *const rows[] = { "qwertyuiop", "asdfghjkl", "zxcvbnm", "azertyuiop",
    "abcdefghijklmnopqrstuvwxyz", "01234567890123456789", "qazwsxedcrfvtgbyhnujmikolp",
    "1q2w3e4r5t6y7u8i9o0p" };

enum {
    FOLDED = 160,
    RUN = 4 /* a piece of a row this long counts as one letter */
};

static size_t letters(const char *text)
{
    size_t n = 0;

    while (text_next(&text) != 0)
        n++;
    return n;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (unsigned char)c >= 0x80;
}

/* Lower case; with `swap`, figures and signs that stand for letters are taken as those, but
   not at the end, where they are figures and signs. */
static void fold(const char *password, bool swap, char folded[FOLDED])
{
    static const char from[] = "013457@$!";
    static const char to[] = "oieastasi";
    size_t end = strlen(password);
    size_t n = 0;

    while (swap && end > 0 && !is_letter(password[end - 1]))
        end--;
    for (size_t i = 0; i < end && n < FOLDED - 1; i++) {
        const char *at = swap ? strchr(from, password[i]) : NULL;
        char letter = at != NULL ? to[at - from] : password[i];

        if (letter >= 'A' && letter <= 'Z')
            letter = (char)(letter - 'A' + 'a');
        folded[n++] = letter;
    }
    folded[n] = '\0';
}

/* Only the letters a-z, and bytes of other alphabets. */
static void keep_letters(char *text)
{
    char *to = text;

    for (const char *c = text; *c != '\0'; c++) {
        if ((*c >= 'a' && *c <= 'z') || (unsigned char)*c >= 0x80)
            *to++ = *c;
    }
    *to = '\0';
}

/* The longest stem that `text` begins with; 0 none. */
static size_t stem_at(const char *text)
{
    size_t longest = 0;

    for (size_t i = 0; i < COUNT(stems); i++) {
        size_t n = strlen(stems[i]);

        if (n > longest && text_starts(text, stems[i]))
            longest = n;
    }
    return longest;
}

/* At most two stems, one behind the other, and nothing else (one may come again). */
static bool is_stems(const char *text)
{
    size_t first = stem_at(text);
    const char *rest = text + first;
    size_t second = first == 0 ? 0 : stem_at(rest);

    if (first == 0)
        return false;
    while (*rest != '\0' && strncmp(rest, text, first) == 0)
        rest += first;
    return *rest == '\0' || (text[first + second] == '\0' && second != 0);
}

/* How many characters from `text` on stand so in a row, forwards or backwards. */
static size_t run_in(const char *text, const char *row)
{
    size_t best = 0;
    size_t length = strlen(row);

    for (size_t start = 0; start < length; start++) {
        size_t n = 0;

        while (text[n] != '\0' && start + n < length && text[n] == row[start + n])
            n++;
        best = n > best ? n : best;
        n = 0;
        while (text[n] != '\0' && n <= start && text[n] == row[start - n])
            n++;
        best = n > best ? n : best;
    }
    return best;
}

/* Characters when runs and repetitions count once. */
static size_t weight(const char *text)
{
    size_t n = 0;

    while (*text != '\0') {
        size_t step = strspn(text, (const char[]){ *text, '\0' });

        for (size_t i = 0; i < COUNT(rows); i++) {
            size_t run = run_in(text, rows[i]);

            step = run >= RUN && run > step ? run : step;
        }
        text += step;
        n++;
    }
    return n;
}

/* "ab12ab12ab12": a short piece again and again. */
static bool repeats(const char *text)
{
    size_t n = strlen(text);

    for (size_t piece = 1; piece <= n / 2 && piece <= 6; piece++) {
        if (strncmp(text, text + piece, n - piece) == 0)
            return true;
    }
    return false;
}

bool password_common(const char *password)
{
    char folded[FOLDED];
    size_t weighed;

    fold(password, false, folded);
    weighed = weight(folded);
    if (weighed < 6 || repeats(folded))
        return true;
    keep_letters(folded);
    if (folded[0] == '\0')
        return weighed < PASSWORD_LEAST;
    if (is_stems(folded))
        return true;
    fold(password, true, folded);
    keep_letters(folded);
    return is_stems(folded);
}

/* The password less one word; whether what is left is too little. */
static bool leans_on(const char *password, const char *word)
{
    char folded[FOLDED];
    char name[FOLDED];
    char *at;
    size_t n;

    fold(password, true, folded);
    fold(word, true, name);
    n = strlen(name);
    at = n < 4 ? NULL : strstr(folded, name);
    if (at == NULL)
        return false;
    memmove(at, at + n, strlen(at + n) + 1);
    keep_letters(folded);
    return strlen(folded) < 8 || is_stems(folded);
}

/* "Hill Park School" leans on each of its words. */
static bool leans_on_any(const char *password, const char *words)
{
    char copy[FOLDED];
    char *word = copy;

    (void)text_copy(copy, sizeof(copy), words);
    if (leans_on(password, copy))
        return true;
    while (*word != '\0') {
        size_t n = strcspn(word, " ,.-'@");
        char *next = word + n + (word[n] == '\0' ? 0 : 1);

        word[n] = '\0';
        if (leans_on(password, word))
            return true;
        word = next;
    }
    return false;
}

enum err_code password_check(const char *password, const char *const *words, struct err *err)
{
    size_t n = letters(password);

    if (text_utf8_valid(password, strlen(password)) != strlen(password))
        return err_set(err, ERR_INVALID, "the password holds characters that cannot be read");
    if (n < PASSWORD_LEAST || n > PASSWORD_MOST) {
        (void)err_set(err, ERR_INVALID, "the password has %zu character%s", n,
                n == 1 ? "" : "s");
        return err_hint(err,
                "It needs at least %d and at most %d. Three or four words that do "
                "not belong together are easy to remember.",
                PASSWORD_LEAST, PASSWORD_MOST);
    }
    if (password_common(password)) {
        (void)err_set(err, ERR_INVALID, "this password is among the first that are guessed");
        return err_hint(err, "Take three or four words that do not belong together.");
    }
    for (size_t i = 0; words != NULL && words[i] != NULL; i++) {
        if (!leans_on_any(password, words[i]))
            continue;
        (void)err_set(err, ERR_INVALID, "the password is mostly a name that others know");
        return err_hint(err, "Leave out your own name, your user name and the school's.");
    }
    return ERR_OK;
}

/* A word is one of 16 x 5 x 16 x 5 x 16, 16.6 bits; five make 83. */
void password_first(char buffer[FIRST_PASSWORD_SIZE])
{
    static const char consonants[] = "bdfghjklmnprstvz";
    static const char vowels[] = "aeiou";
    size_t n = 0;

    for (int word = 0; word < 5; word++) {
        if (word > 0)
            buffer[n++] = '-';
        for (int i = 0; i < 3; i++) {
            buffer[n++] = consonants[secret_uniform(sizeof(consonants) - 1)];
            if (i < 2)
                buffer[n++] = vowels[secret_uniform(sizeof(vowels) - 1)];
        }
    }
    buffer[n] = '\0';
}

/* What of this account would make a password easy to guess. */
static enum err_code check_own(const struct desk *desk, const struct account *account,
        const char *password, struct err *err)
{
    const char *words[] = { account->username, account->name,
        desk->context->has_school ? desk->context->school.name : "", account->email, NULL };

    return password_check(password, words, err);
}

static enum err_code store_new(const struct desk *desk, const struct session *session,
        const char *hash, struct err *err)
{
    struct context *c = desk->context;
    char keep[DIGEST_HEX_SIZE];
    const struct act act = { .school_id = session->school_id,
        .account_id = session->account_id,
        .who = session->username,
        .action = "password",
        .result = "done" };
    enum err_code code = store_begin(c->store, err);

    if (code != ERR_OK)
        return code;
    code = store_account_password(c->store, session->account_id, hash, false, c->stamp, err);
    if (code == ERR_OK)
        code = store_session_end_all(c->store, session->account_id,
                secret_hash(session->token, keep), err);
    if (code == ERR_OK)
        code = account_audit(desk, &act, err);
    return account_finish(desk, code, err);
}

enum err_code password_change(const struct desk *desk, const struct session *session,
        const char *old_password, const char *new_password, struct err *err)
{
    struct context *c = desk->context;
    struct password_cost cost = account_cost(desk);
    struct account account = { 0 };
    char hash[SECRET_PASSWORD_SIZE];
    bool found = false;
    enum err_code code = session_prove(desk, session, old_password, err);

    if (code == ERR_OK)
        code = store_account(c->store, session->account_id, c->arena, &account, &found, err);
    if (code == ERR_OK)
        code = check_own(desk, &account, new_password, err);
    if (code == ERR_OK && text_eq(old_password, new_password))
        code = err_set(err, ERR_INVALID, "the new password is the old one");
    if (code == ERR_OK)
        code = secret_password_hash(new_password, &cost, hash, err);
    return code == ERR_OK ? store_new(desk, session, hash, err) : code;
}

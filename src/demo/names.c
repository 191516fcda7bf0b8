#include <stdio.h>

#include "base/attr.h"
#include "demo/demo_in.h"

/*
 * Names are put together from parts, so that no list of real people is needed: a
 * surname is a stem and an ending. Forenames are ordinary ones.
 */
enum {
    PARTS = 12
};

struct name_parts {
    const char *stems[PARTS];
    const char
            *endings[PARTS]; /* of men, and of women where the language makes no difference */
    const char *endings_woman[PARTS]; /* the first NULL: the same */
    const char *girls[PARTS];
    const char *boys[PARTS];
};

enum people {
    ENGLISH,
    WELSH,
    IRISH,
    POLISH,
    LITHUANIAN,
    URDU,
    BENGALI,
    PANJABI,
    SOMALI,
    YORUBA,
    CARIBBEAN,
    CHINESE,
    VIETNAMESE,
    ARABIC,
    FRENCH,
    ENGLISH_MORE, /* and so English names differ enough */
    PEOPLE_N
};

static const struct name_parts parts[PEOPLE_N] = {
    [ENGLISH] = {
        { "Thistle", "Marl", "Bracken", "Quill", "Larks", "Oaken", "Hazel", "Wether", "Fallow",
                "Copper", "Harrow", "Elder" },
        { "wick", "combe", "shaw", "thorne", "by", "thwaite", "mere", "ridge", "garth", "hurst",
                "low", "stead" },
        { NULL },
        { "Amelia", "Ruby", "Chloe", "Holly", "Zoë", "Martha", "Ellie-Mae", "Poppy", "Beth",
                "Imogen", "Lauren", "Rosalind" },
        { "Callum", "Jack", "Alfie", "Noah", "Reece", "Thomas", "Edwin", "Connor", "Jay-Jay",
                "Oscar", "Maximilian", "Leo" },
    },
    [WELSH] = {
        { "ap Gwern", "Pen", "Tre", "Llwyn", "Cad", "Rhos", "Bryn", "Gwyn", "Maes", "Aber",
                "Glyn", "Caer" },
        { "fach", "wyn", "ddu", "las", "llan", "garreg", "wern", "môr", "hafod", "goch", "fawr",
                "onnen" },
        { NULL },
        { "Siân", "Cerys", "Angharad", "Ffion", "Mali", "Nia", "Lowri", "Eirlys", "Carys",
                "Gwenllïan", "Heledd", "Tegan" },
        { "Siôn", "Rhys", "Iwan", "Gethin", "Macsen", "Owain", "Huw", "Emyr", "Tomos", "Aled",
                "Dafydd", "Llŷr" },
    },
    [IRISH] = {
        { "O'Mal", "O'Bren", "Mac Gior", "O'Dar", "Fin", "O'Quil", "Ó Sean", "Mac Dún", "O'Shan",
                "Tul", "O'Far", "Kil" },
        { "ahern", "nessy", "rick", "ragh", "nellan", "lany", "náin", "avan", "aghty", "lough",
                "rinan", "devan" },
        { NULL },
        { "Niamh", "Aoife", "Róisín", "Caitlín", "Orla", "Sinéad", "Erin", "Gráinne", "Maeve",
                "Ciara", "Bríd", "Eimear" },
        { "Seán", "Pádraig", "Declan", "Oisín", "Eoin", "Cian", "Tadhg", "Ruairí", "Finn",
                "Lorcan", "Donal", "Fergus" },
    },
    [POLISH] = {
        { "Brzoz", "Wiśn", "Kalin", "Zielon", "Łopusz", "Gołęb", "Jesion", "Świerk", "Malin",
                "Dąbr", "Żurawin", "Kruszyn" },
        { "owiecki", "iorski", "ański", "odolski", "owski", "iejewski", "ogórski", "owicz",
                "ecki", "ołęcki", "iński", "ostawski" },
        { "owiecka", "iorska", "ańska", "odolska", "owska", "iejewska", "ogórska", "owicz",
                "ecka", "ołęcka", "ińska", "ostawska" },
        { "Zofia", "Małgorzata", "Agnieszka", "Kinga", "Łucja", "Oliwia", "Wiktoria", "Maja",
                "Bożena", "Hanna", "Iga", "Jagoda" },
        { "Jakub", "Stanisław", "Paweł", "Bartłomiej", "Michał", "Filip", "Łukasz", "Szymon",
                "Grzegorz", "Kacper", "Józef", "Oskar" },
    },
    [LITHUANIAN] = {
        { "Berž", "Ąžuol", "Liep", "Žuved", "Vilk", "Gerv", "Rugien", "Stirn", "Kleven", "Šermukšn",
                "Dobil", "Girin" },
        { "auskas", "inskas", "ėnas", "aitis", "evičius", "ūnas", "onis", "elis", "ulis", "utis",
                "ikas", "ynas" },
        { "auskaitė", "inskaitė", "ėnaitė", "aitytė", "evičiūtė", "ūnaitė", "onytė", "elytė",
                "ulytė", "utytė", "ikaitė", "ynaitė" },
        { "Eglė", "Rūta", "Gabija", "Ugnė", "Austėja", "Miglė", "Jūratė", "Lina", "Saulė",
                "Vaiva", "Ieva", "Goda" },
        { "Jonas", "Mantas", "Žygimantas", "Lukas", "Domantas", "Kęstutis", "Tomas", "Ąžuolas",
                "Rokas", "Vytas", "Arnas", "Dovydas" },
    },
    [URDU] = {
        { "Zar", "Shahz", "Nur", "Mir", "Gul", "Far", "Jahan", "Sar", "Khur", "Taj", "Rehm", "Ans" },
        { "een Malik", "adiq", "-ul-Haq", "wani", "zada", "ooqui", "dar", "fraz Khan", "sheed",
                "awar", "atullah", "ari" },
        { NULL },
        { "Ayesha", "Zainab", "Maryam", "Hafsa", "Noor-ul-Ain", "Iqra", "Sana", "Aleena", "Mahnoor",
                "Bushra", "Fizza", "Saima" },
        { "Hamza", "Bilal", "Muhammad Zayd", "Usman", "Faisal", "Abdul-Rehman", "Ibrahim",
                "Shoaib", "Haroon", "Danyal", "Kashif", "Zeeshan" },
    },
    [BENGALI] = {
        { "Chand", "Rahim", "Kamr", "Sham", "Tal", "Mozum", "Shik", "Bhuiy", "Hawl", "Mri",
                "Sark", "Patw" },
        { "uzzaman", "ullah", "ari", "sul", "ukder", "der", "dar", "anara", "adar", "dha", "ary",
                "oary" },
        { NULL },
        { "Nusrat", "Tahmina", "Shapla", "Jannatul", "Rumana", "Farzana", "Mim", "Sumaiya",
                "Anika", "Lubna", "Rokeya", "Taslima" },
        { "Tanvir", "Rakib", "Shahin", "Imran", "Arif", "Nayeem", "Sabbir", "Fahim", "Jubair",
                "Mahin", "Rafiq", "Tareq" },
    },
    [PANJABI] = {
        { "Dhan", "Bhull", "Sand", "Gurm", "Jagt", "Man", "Khair", "Sohn", "Bain", "Lally", "Thin",
                "Wara" },
        { "owal", "arpur", "hewal", "ukhia", "aria", "goria", "ewali", "ipal", "sgarh", "anwala",
                "diwal", "ich" },
        { NULL },
        { "Jasleen", "Harpreet", "Simran", "Manpreet", "Gurleen", "Kiranjit", "Navneet", "Amrit",
                "Prabhjot", "Ravneet", "Sukhmani", "Tavleen" },
        { "Gurpreet", "Arjan", "Jaskaran", "Harjinder", "Manveer", "Balraj", "Sukhdeep", "Tejpal",
                "Karamvir", "Angad", "Ranjit", "Fateh" },
    },
    [SOMALI] = {
        { "Warsam", "Abdil", "Guul", "Cali", "Xas", "Dhool", "Shar", "Jaam", "Faar", "Cawa",
                "Hirs", "Maxam" },
        { "eyle", "laahi", "eed", "yare", "sanow", "amaal", "marke", "ac", "ax", "leh", "igood",
                "uud" },
        { NULL },
        { "Hodan", "Ifrah", "Sagal", "Faadumo", "Hibaaq", "Ayaan", "Idil", "Najma", "Ubax",
                "Sahra", "Filsan", "Deeqa" },
        { "Cabdi", "Guuleed", "Liibaan", "Warsame", "Xirsi", "Bashiir", "Daahir", "Nuur",
                "Sharmarke", "Jaamac", "Mahad", "Sakariye" },
    },
    [YORUBA] = {
        { "Ade", "Olú", "Ayọ̀", "Ọlá", "Ìbù", "Akin", "Fọlá", "Ogun", "Ọmọ", "Oye", "Tẹ́mi", "Bam" },
        { "kúnlé", "wámidé", "bámijọ", "níyì", "sọlá", "tóyèbi", "rìnwálé", "dípẹ̀", "gbémi",
                "láńrewájú", "yẹmí", "jókó" },
        { NULL },
        { "Tèmítọ́pẹ́", "Folasade", "Adéọlá", "Yetunde", "Ìfẹ́olúwa", "Simisola", "Títílayọ̀", "Kemi",
                "Morẹ́nikẹ́", "Bisi", "Abiola", "Damilola" },
        { "Olúwatobi", "Ayodele", "Kọ́lá", "Fẹ́mi", "Babatunde", "Segun", "Adémọ́lá", "Kehinde",
                "Táíwò", "Gbenga", "Dayọ̀", "Tunde" },
    },
    [CARIBBEAN] = {
        { "Bay", "Palm", "Cane", "Gold", "Morne", "Sand", "St Cle", "Plum", "Sol", "Cedar",
                "Port", "Lime" },
        { "wright", "ering", "mound", "iville", "court", "more", "man", "mington", "oman",
                "field", "land", "stone" },
        { NULL },
        { "Shanice", "Jade-Marie", "Keziah", "Aaliyah", "Tia", "Naomi", "Renée", "Latoya", "Dionne",
                "Marcia", "Simone", "Anthea" },
        { "Tyrell", "Jermaine", "Kyle", "Dwayne", "Marlon", "Leon", "Andre", "Curtis", "Zion",
                "Delroy", "Nathaniel", "D'Angelo" },
    },
    [CHINESE] = {
        { "Ou", "Zhuang", "Xi", "Qiu", "Shang", "Ling", "Yun", "Mu", "Bai", "Feng", "Hua", "Lu" },
        { "yang", "ge", "ahou", "mei", "guan", "hu", "zhong", "rong", "li", "xiao", "ting", "wu" },
        { NULL },
        { "Mei-Ling", "Xiǎoyù", "Jiayi", "Yuhan", "Lìhuá", "Siyu", "Qingqing", "Wing-Yan", "Ruòxī",
                "Anqi", "Hoi-Ching", "Zihan" },
        { "Wei", "Zihao", "Jùnjié", "Haoran", "Ka-Ho", "Míngzé", "Yichen", "Chun-Kit", "Tianyu",
                "Bówén", "Lok-Hin", "Zhiyuan" },
    },
    [VIETNAMESE] = {
        { "Nguyệt", "Trường", "Lâm", "Phương", "Hoài", "Đặng", "Vĩnh", "Thạch", "Quách", "Đoàn",
                "Lữ", "Tô" },
        { " Sơn", " Hà", " Khê", " Vân", " Lĩnh", " Giang", " Thủy", " Điền", " An", " Mộc",
                " Yên", " Trà" },
        { NULL },
        { "Thảo", "Ngọc Ánh", "Hương", "Bích", "Thu Hằng", "Linh", "Mỹ Duyên", "Yến", "Diễm", "Lan",
                "Trúc", "Quỳnh" },
        { "Đức", "Minh Quân", "Tuấn", "Hải", "Bảo", "Khoa", "Phúc", "Thiện", "Việt", "Long", "Duy",
                "Trí" },
    },
    [ARABIC] = {
        { "al-Naf", "al-Zah", "ad-Dar", "al-Qam", "ibn Sal", "al-Mar", "as-Suh", "al-Bar", "an-Nas",
                "Bu Hal", "al-Tam", "Abd al-Raf" },
        { "isi", "rawi", "wish", "ari", "mani", "jani", "ayli", "oudi", "rallah", "iqa", "imi",
                "i'a" },
        { NULL },
        { "Layla", "Fatima-Zahra", "Yasmin", "Rania", "Nadia", "Hala", "Salma", "Amira", "Dunya",
                "Rim", "Samar", "Asma'" },
        { "Omar", "Yusuf", "Karim", "Anas", "Abd al-Hadi", "Tariq", "Ziyad", "Walid", "Nabil",
                "Rashid", "Sami", "Isma'il" },
    },
    [FRENCH] = {
        { "Ngo", "Mbu", "Kala", "Beau", "Tshi", "Lu", "Château", "Mu", "Ilun", "Kasa", "Fontain",
                "Ba" },
        { "yalé", "kendi", "mboyi", "préau", "lombo", "manga", "vernay", "kadi", "gué", "ndu",
                "éblé", "ssoko" },
        { NULL },
        { "Grâce", "Amélie", "Bénédicte", "Éloïse", "Merveille", "Gaëlle", "Chantal", "Noémie",
                "Divine", "Inès", "Françoise", "Esther" },
        { "Jean-Baptiste", "Christian", "Éméry", "Yannick", "Cédric", "Héritier", "Loïc", "Marc",
                "Trésor", "Aimé", "Didier", "Exaucé" },
    },
    [ENGLISH_MORE] = {
        { "Whistle", "Farrow", "Pebble", "Sorrel", "Moth", "Gorse", "Dunnock", "Clove", "Rook", "Linnet",
                "Tarrag", "Amber" },
        { "ton", "bourne", "ley", "field", "worth", "croft", "dale", "holme", "beck", "ford", "well",
                "gate" },
        { NULL },
        { "Freya", "Isla", "Georgia", "Megan", "Lily-Rose", "Abigail", "Tilly", "Charlotte", "Grace",
                "Matilda", "Eve", "Harriet" },
        { "Archie", "Harvey", "Kieran", "Samuel", "Dylan", "Toby", "Ethan", "Joshua", "Finlay",
                "George", "Harry", "Luke" },
    },
};

const struct origin origins[] = {
    { "WBRI", "ENG", 728, false }, /* ENGLISH */
    { "WBRI", "ENG", 20, false },  /* WELSH */
    { "WIRI", "ENG", 14, false },  /* IRISH */
    { "WOTH", "POL", 38, true },   /* POLISH */
    { "WOTH", "LIT", 14, true },   /* LITHUANIAN */
    { "APKN", "URD", 38, true },   /* URDU */
    { "ABAN", "BNG", 14, true },   /* BENGALI */
    { "AIND", "PNJ", 16, true },   /* PANJABI */
    { "BSOM", "SOM", 16, true },   /* SOMALI */
    { "BNGN", "YOR", 14, true },   /* YORUBA */
    { "BCRB", "ENG", 14, false },  /* CARIBBEAN */
    { "CHNE", "CHI", 10, true },   /* CHINESE */
    { "OOTH", "VIE", 9, true },    /* VIETNAMESE */
    { "OOTH", "ARA", 12, true },   /* ARABIC */
    { "BAFR", "FRN", 8, true },    /* FRENCH */
    { "MWBC", "ENG", 13, false },
    { "MWAS", "ENG", 10, false },
    { "WIRT", "ENG", 4, false },
    { "REFU", "ENG", 0, false },
};
const size_t origin_n = COUNT(origins);

/* Whose names somebody of the later origins bears. */
static enum people people_of(uint64_t key, int origin)
{
    static const enum people mixed[] = { ENGLISH, CARIBBEAN, URDU, IRISH };

    if (origin <= FRENCH)
        return (enum people)origin;
    return mixed[chance_below(key, FOR_NAME, 9, 0, COUNT(mixed))];
}

static const char *part(uint64_t key, int which, const char *const *list)
{
    return list[chance_below(key, FOR_NAME, which, 0, PARTS)];
}

/* The list that a part of a name is taken from: the English have two. */
static const struct name_parts *list_of(uint64_t key, enum people people, int which)
{
    bool more = people == ENGLISH && chance_hits(key, FOR_NAME, 20, which, 500);

    return &parts[more ? ENGLISH_MORE : people];
}

static void single_surname(uint64_t key, enum people people, bool woman, int which,
        char surname[NAME_SIZE])
{
    const struct name_parts *endings = list_of(key, people, which + 1);
    bool apart = woman && endings->endings_woman[0] != NULL;

    (void)snprintf(surname, NAME_SIZE, "%s%s",
            part(key, which, list_of(key, people, which)->stems),
            part(key, which + 1, apart ? endings->endings_woman : endings->endings));
}

/* Some families have two names, a few of them long. */
static void family_name(uint64_t key, enum people people, bool woman, char surname[NAME_SIZE])
{
    char first[NAME_SIZE], second[NAME_SIZE];
    int at = chance_below(key, FOR_NAME, 10, 0, 1000);

    single_surname(key, people, woman, 0, first);
    if (people == VIETNAMESE || people == ARABIC || at >= 45) {
        (void)snprintf(surname, NAME_SIZE, "%s", first);
        return;
    }
    single_surname(key, at < 20 ? ENGLISH : people, woman, 2, second);
    (void)snprintf(surname, NAME_SIZE, at < 4 ? "%.30s-Featherstoneleigh-%.25s" : "%.39s-%.39s",
            first, second);
}

static void given_name(uint64_t key, enum people people, bool woman, char forename[NAME_SIZE])
{
    const struct name_parts *names = list_of(key, people, 4);
    const char *const *list = woman ? names->girls : names->boys;
    const char *first = part(key, 4, list);
    const char *second = part(key, 5, list);

    if (chance_hits(key, FOR_NAME, 11, 0, 12) && first != second)
        (void)snprintf(forename, NAME_SIZE, "%.30s-%.30s", first, second);
    else
        (void)snprintf(forename, NAME_SIZE, "%s", first);
}

void person_name(const struct person *person, char surname[NAME_SIZE], char forename[NAME_SIZE])
{
    adult_name(person->key, person->origin, person->girl, surname, forename);
}

void adult_name(uint64_t key, int origin, bool woman, char surname[NAME_SIZE],
        char forename[NAME_SIZE])
{
    enum people people = people_of(key, origin);

    family_name(key, people, woman, surname);
    given_name(key, people, woman, forename);
}

const char *street_name(int number)
{
    static const char *const streets[] = { "Larkspur Row", "Tinderbox Lane", "Old Wagonway",
        "Mothwing Close", "Kestrel Rise", "Pithead Terrace", "Quarryman's Walk",
        "St Osyth's Mews", "Lamplighter Street", "Bramble Bank", "Saltpan Road",
        "Seven Acres" };

    return streets[(size_t)number % COUNT(streets)];
}

const char *house_name(const struct person *person)
{
    static const char *const houses[] = { "Alder", "Kestrel", "Lantern", "Quarry" };

    return houses[person->seat / 3 % (int)COUNT(houses)];
}

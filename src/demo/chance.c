#include "base/attr.h"
#include "demo/demo_in.h"

enum {
    TABLE_STEP = 100,
    TABLE_END = 3500
};

/* Of 100,000, below -3.5 to 3.5 standard deviations in tenths: the normal distribution. */
static const int32_t below[] = { 23, 34, 48, 69, 97, 135, 187, 256, 347, 466, 621, 820, 1072,
    1390, 1786, 2275, 2872, 3593, 4457, 5480, 6681, 8076, 9680, 11507, 13567, 15866, 18406,
    21186, 24196, 27425, 30854, 34458, 38209, 42074, 46017, 50000, 53983, 57926, 61791, 65542,
    69146, 72575, 75804, 78814, 81594, 84134, 86433, 88493, 90320, 91924, 93319, 94520, 95543,
    96407, 97128, 97725, 98214, 98610, 98928, 99180, 99379, 99534, 99653, 99744, 99813, 99865,
    99903, 99931, 99952, 99966, 99977 };

/* The finaliser of splitmix64 (Steele, Lea and Flood 2014; public domain). */
static uint64_t scramble(uint64_t x)
{
    x += 0x9E3779B97F4A7C15u;
    x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9u;
    x = (x ^ (x >> 27)) * 0x94D049BB133111EBu;
    return x ^ (x >> 31);
}

uint64_t chance_key(uint64_t key, int a, int b)
{
    return scramble(scramble(key ^ (uint64_t)(uint32_t)a) + (uint64_t)(uint32_t)b);
}

static uint64_t draw(uint64_t key, enum purpose purpose, int a, int b)
{
    return chance_key(key + (uint64_t)purpose * 0xD6E8FEB86659FD93u, a, b);
}

int chance_below(uint64_t key, enum purpose purpose, int a, int b, int limit)
{
    return (int)((draw(key, purpose, a, b) >> 32) * (uint64_t)limit >> 32);
}

bool chance_hits(uint64_t key, enum purpose purpose, int a, int b, int permille)
{
    return chance_below(key, purpose, a, b, 1000) < permille;
}

int32_t chance_normal(uint64_t key, enum purpose purpose, int a, int b)
{
    int32_t share = chance_below(key, purpose, a, b, SHARE_ALL);
    size_t low = 0;
    size_t high = COUNT(below) - 1;

    if (share <= below[0])
        return -TABLE_END;
    if (share >= below[high])
        return TABLE_END;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;

        if (below[middle] <= share)
            low = middle;
        else
            high = middle;
    }
    return (int32_t)low * TABLE_STEP - TABLE_END +
           (share - below[low]) * TABLE_STEP / (below[high] - below[low]);
}

int32_t chance_share(int32_t normal)
{
    int32_t at;

    if (normal <= -TABLE_END)
        return below[0];
    if (normal >= TABLE_END)
        return below[COUNT(below) - 1];
    at = (normal + TABLE_END) / TABLE_STEP;
    return below[at] +
           (below[at + 1] - below[at]) * ((normal + TABLE_END) % TABLE_STEP) / TABLE_STEP;
}

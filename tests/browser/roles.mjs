// Who may open what. The table is written from the access model (the columns of the roles, the
// rows of what they may do), not from what the program answers; an address that the program
// has and the table has not fails.
import assert from 'node:assert/strict';
import { pupilsOf, roles, routes, test, words } from './harness.mjs';

// + the page (200)   - refused (403)   0 not there (404)   > sent on (303)
//
// Why, by row: a marksheet is named pupils' marks and the targets page names pupils, so roles of
// aggregates (governor, la) have neither. Lists of pupils and groups need a pupil list. Reviews
// report who has entered what: whoever has reports of named pupils, so no assistant. Reports:
// aggregates are enough; an assistant has none; parents and pupils have their page instead.
// Imports of pupils and everything else are the data manager's.
// Exports of whole files: whoever has the whole school by name; others take the CSV of a report.
// The audit: everybody their own part, but no form tutor, assistant or governor, and parents
// where the school allows it (it does not). Scales and subjects are a school's, and the
// authority's adviser works in none.
const order = ['data_manager', 'head', 'slt', 'head_of_year', 'subject_leader', 'teacher',
    'form_tutor', 'ta', 'senco', 'governor', 'la_adviser', 'partner', 'parent', 'pupil', null];
const golden = `
                          dm hd sl hy su te ft ta se go la pa pr pu nobody
/                          +  +  +  +  +  +  +  +  +  +  +  +  +  +  >
/account                   +  +  +  +  +  +  +  +  +  +  +  +  +  +  >
/account/second-factor     +  +  +  +  +  +  +  +  +  +  +  +  +  +  >
/sign-in                   >  >  >  >  >  >  >  >  >  >  >  >  >  >  +
/health                    +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
/help                      +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
/help/{topic}              +  +  +  +  +  +  +  +  +  +  +  +  +  +  +
/me                        -  -  -  -  -  -  -  -  -  -  -  -  +  +  >
/marksheets                +  +  +  +  +  +  +  +  +  -  -  +  -  -  >
/pupils                    +  +  +  +  +  +  +  +  +  -  -  +  -  -  >
/groups                    +  +  +  +  +  +  +  +  +  -  -  +  -  -  >
/groups/{id}               +  +  +  +  +  +  +  +  +  -  -  +  -  -  >
/reviews                   +  +  +  +  +  +  +  -  +  -  -  +  -  -  >
/reviews/{id}              +  +  +  +  +  +  +  -  +  -  -  +  -  -  >
/targets                   +  +  +  +  +  +  +  -  +  -  -  +  -  -  >
/reports                   +  +  +  +  +  +  +  -  +  +  +  +  -  -  >
/reports/{name}            +  +  +  +  +  +  +  -  +  +  +  +  -  -  >
/imports                   +  -  -  -  -  -  -  -  -  -  -  -  -  -  >
/imports/{id}              +  -  -  -  -  -  -  -  -  -  -  -  -  -  >
/exports                   +  +  +  -  -  -  -  -  -  -  -  -  -  -  >
/settings                  +  -  -  -  -  -  -  -  -  -  -  -  -  -  >
/settings/scales           +  +  +  +  +  +  +  +  +  +  0  +  +  +  >
/settings/subjects         +  +  +  +  +  +  +  +  +  +  0  +  +  +  >
/settings/templates        +  -  -  -  -  -  -  -  -  -  -  -  -  -  >
/settings/templates/{name} +  -  -  -  -  -  -  -  -  -  -  -  -  -  >
/settings/users            +  -  -  -  -  -  -  -  -  -  -  -  -  -  >
/settings/users/{id}       +  -  -  -  -  -  -  -  -  -  -  -  -  -  >
/settings/audit            +  +  +  +  +  +  -  -  +  -  +  +  -  -  >
`;

// Judged by the pupil or the class asked for: the tests below.
const judgedByObject = ['/marksheets/{id}', '/pupils/{id}'];
const notAPage = ['/static/{file}'];
const meaning = { '+': 200, '-': 403, 0: 404, '>': 303 };

function rows() {
    return golden.trim().split('\n').slice(1).map((line) => {
        const [path, ...marks] = line.trim().split(/\s+/);
        assert.equal(marks.length, order.length, path);
        return { path, want: marks.map((mark) => meaning[mark]) };
    });
}

// Numbers that exist, so that a refusal is one of right and not of absence.
async function concrete(t, path) {
    const first = async (list, pattern) => {
        const page = await t.ask(t.account('data_manager'), 'GET', list);
        const found = page.text.match(pattern)?.[1];
        assert.ok(found, `${list} leads to one`);
        return found;
    };
    if (path === '/reviews/{id}')
        return `/reviews/${await first('/reviews', /\/reviews\/(\d+)/)}`;
    if (path === '/groups/{id}')
        return `/groups/${await first('/groups', /\/groups\/(\d+)/)}`;
    if (path === '/imports/{id}')
        return `/imports/${await first('/imports', /\/imports\/(\d+)/)}`;
    if (path === '/settings/users/{id}')
        return `/settings/users/${await first('/settings/users', /\/settings\/users\/(\d+)/)}`;
    if (path === '/settings/templates/{name}')
        return '/settings/templates/ks1-ks2';
    return path.replace('{topic}', 'marksheet').replace('{name}', 'aps');
}

test('every address that can be opened stands in the table of roles', async () => {
    const known = new Set([...rows().map((row) => row.path), ...judgedByObject, ...notAPage]);
    const missing = routes().filter((one) => one.method === 'GET' && !known.has(one.path))
        .map((one) => `${one.path} (${one.file})`);
    assert.deepEqual(missing, []);
    assert.deepEqual([...roles].sort(), order.filter(Boolean).sort());
});

for (const { path, want } of rows()) {
    test(`${path} opens for the roles that the access model names, and for no other`, async (t) => {
        const target = await concrete(t, path);
        const wrong = [];
        for (const [i, role] of order.entries()) {
            const got = await t.ask(role ? t.account(role) : null, 'GET', target);
            if (got.status !== want[i])
                wrong.push(`${role ?? 'nobody'}: ${got.status}, not ${want[i]} (${words(got.text).slice(0, 120)})`);
        }
        assert.deepEqual(wrong, [], target);
    });
}

test('the machine twins of a page are as closed as the page', async (t) => {
    const wrong = [];
    for (const { path, want } of rows().filter((row) => !/health|sign-in|help/.test(row.path) && row.path !== '/')) {
        const target = await concrete(t, path);
        for (const [i, role] of order.entries()) {
            if (want[i] === 200)
                continue;
            for (const twin of ['json', 'csv', 'xlsx', 'pdf']) {
                const got = await t.ask(role ? t.account(role) : null, 'GET', `${target}.${twin}`);
                if (![303, 403, 404].includes(got.status))
                    wrong.push(`${target}.${twin} for ${role ?? 'nobody'}: ${got.status}`);
            }
        }
    }
    assert.deepEqual(wrong, []);
});

// ---- by the pupil asked for

// The demonstration school's pupil account is in Year 8: the number its pages go by, and
// somebody in Year 6 and in the other school.
async function somebodyIn(t, account, filter) {
    const page = await t.ask(account, 'GET', `/pupils?${filter}`);
    const found = page.text.match(/\/pupils\/(\d+)/)?.[1];
    assert.ok(found, `${filter}: ${words(page.text)}`);
    return found;
}

const closed = (status) => [403, 404].includes(status);

test('a pupil opens for those whose scope has them, in every format', async (t) => {
    const named = (username) => {
        const found = t.school.accounts.find((one) => one.username === username);
        assert.ok(found, username);
        return found;
    };
    const manager = t.account('data_manager');
    const foreign = t.school.accounts.find((one) => one.role === 'data_manager' && one.school !== manager.school);
    const year8 = await somebodyIn(t, manager, 'year-group=8');
    const year6 = await somebodyIn(t, manager, 'year-group=6');
    const in7a = await somebodyIn(t, manager, 'registration=7A');
    const may = { data: [1, 1, 1], head: [1, 1, 1], 'deputy.primary': [1, 1, 1], senco: [1, 1, 1], year8: [1, 0, 0],
        year6: [0, 1, 0], year11: [0, 0, 0], 'tutor.7a': [0, 0, 1], 'tutor.10c': [0, 0, 0], governor: [0, 0, 0],
        adviser: [0, 0, 0], parent: [0, 0, 0], pupil: [0, 0, 0], [foreign.username]: [0, 0, 0] };
    const wrong = [];
    for (const [username, sees] of Object.entries(may)) {
        for (const [i, id] of [year8, year6, in7a].entries()) {
            for (const twin of ['', '.json', '.csv']) {
                const { status } = await t.ask(named(username), 'GET', `/pupils/${id}${twin}`);
                if (sees[i] ? status !== 200 : !closed(status))
                    wrong.push(`${username}: /pupils/${id}${twin} (${['year 8', 'year 6', '7A'][i]}) ${status}`);
            }
        }
    }
    assert.deepEqual(wrong, []);
});

test('a teacher opens the pupils and the marksheet of her own class only', async (t) => {
    const [one, two] = await t.strangers();
    const own = await t.ask(one, 'GET', one.marksheets[0]);
    assert.equal(own.status, 200);
    const theirs = await t.ask(two, 'GET', two.marksheets[0]);
    const mine = new Set((await Promise.all(one.marksheets.map((sheet) => t.ask(one, 'GET', sheet))))
        .flatMap((page) => pupilsOf(page.text)));
    assert.equal((await t.ask(one, 'GET', `/pupils/${[...mine][0]}`)).status, 200);
    const strange = pupilsOf(theirs.text).filter((id) => !mine.has(id));
    for (const id of strange.slice(0, 3))
        assert.ok(closed((await t.ask(one, 'GET', `/pupils/${id}`)).status), `/pupils/${id}`);
    for (const twin of ['', '.json', '.csv'])
        assert.ok(closed((await t.ask(one, 'GET', two.marksheets[0] + twin)).status), two.marksheets[0] + twin);
});

test('marksheets of one school do not exist for the other', async (t) => {
    const manager = t.account('data_manager');
    const foreign = t.school.accounts.find((one) => one.role === 'data_manager' && one.school !== manager.school);
    const sheet = t.account('teacher').marksheets[0];
    assert.equal((await t.ask(manager, 'GET', sheet)).status, 200);
    assert.equal((await t.ask(foreign, 'GET', sheet)).status, 404);
    assert.equal((await t.ask(foreign, 'GET', `${sheet}.json`)).status, 404);
});

// ---- what may not be on a page

test('where a role sees aggregates only, no pupil is named on any page or in any file', async (t) => {
    const manager = t.account('data_manager');
    const all = JSON.parse((await t.ask(manager, 'GET', '/pupils.json?year-group=6')).text).tables[0].rows;
    assert.ok(all.length > 20, 'names to look for');
    const wrong = [];
    for (const role of ['governor', 'la_adviser']) {
        for (const target of ['/', '/targets', '/reports', ...['progress', 'summary', 'aps', 'missing', 'targets', 'trajectory',
            'names', 'pupil', 'scatter'].map((name) => `/reports/${name}?year-group=6`), '/reports/compare', '/reports/matrix',
            '/reports/profile', '/reports/overlap', '/reports/overlap?region=A%2B', '/reports/overlap?sets=FSM%3BYEAR%3D6&region=none',
            '/reports/compare?by=year&value=6', '/reports/matrix?subject=MAT&value=2b']) {
            for (const twin of ['', '.json', '.csv']) {
                if (target === '/' && twin)
                    continue;
                const { status, text } = await t.ask(t.account(role), 'GET', target.replace(/(\?|$)/, `${twin}$1`));
                const named = all.find((one) => text.includes(one.upn) ||
                    text.includes(`${one.surname}, ${one.forename}`) || text.includes(`${one.forename} ${one.surname}`) ||
                    text.includes(`${one.surname},${one.forename}`));
                if (status === 200 && named)
                    wrong.push(`${role}: ${target}${twin} names ${named.upn}`);
            }
        }
    }
    assert.deepEqual(wrong, []);
});

test('parents and pupils see themselves and nobody else', async (t) => {
    for (const role of ['parent', 'pupil']) {
        const account = t.account(role);
        const manager = t.account('data_manager');
        const rows = JSON.parse((await t.ask(manager, 'GET', '/pupils.json?year-group=8')).text).tables[0].rows;
        const { status, text } = await t.ask(account, 'GET', '/me');
        assert.equal(status, 200);
        const named = rows.filter((one) => text.includes(`${one.forename} ${one.surname}`));
        assert.ok(named.length <= 1, `${role}: ${named.map((one) => one.upn)}`);
        assert.doesNotMatch(text, /[A-Z]\d{12}/, 'no UPN');
    }
});

test('the UPN is in no file of those who may not see it', async (t) => {
    for (const role of ['ta', 'governor', 'la_adviser', 'parent', 'pupil']) {
        for (const target of ['/pupils.json', '/pupils.csv', '/reports/progress.json', '/me.json']) {
            const { status, text } = await t.ask(t.account(role), 'GET', target);
            assert.ok(status !== 200 || !/"?[A-HJ-NP-RT-Z]\d{11}[\dA-Z]"?/.test(text), `${role}: ${target}`);
        }
    }
});

test('an authority\'s adviser who works in no school breaks nothing', async (t) => {
    const adviser = t.account('la_adviser');
    for (const { path } of rows()) {
        const got = await t.ask(adviser, 'GET', await concrete(t, path));
        assert.ok(got.status < 500, `${path}: ${got.status}`);
    }
    for (const name of ['progress', 'summary', 'aps', 'missing', 'targets', 'trajectory', 'names', 'pupil', 'compare', 'scatter',
        'matrix', 'profile', 'overlap']) {
        for (const twin of ['', '.json', '.csv']) {
            const got = await t.ask(adviser, 'GET', `/reports/${name}${twin}`);
            assert.ok(got.status < 500, `/reports/${name}${twin}: ${got.status}`);
        }
    }
});

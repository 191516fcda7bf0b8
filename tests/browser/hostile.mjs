// Hostile input: what brought down other schools' systems, tried on this one. Forged forms,
// swapped ids, names that are scripts, injected paths and statements, requests that two
// servers would read differently, requests that never end.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { cookieOf, formsOf, leads, routes, sleep, test, tokenOf, words } from './harness.mjs';

// ---- raw connections

function connect(t) {
    const { hostname, port } = new URL(t.school.url);
    return net.connect(Number(port), hostname);
}

// Sends the bytes; what came back within `ms` or until the other end closed.
function raw(t, bytes, ms = 1500) {
    return new Promise((resolve) => {
        const socket = connect(t);
        let text = '';
        let closed = false;
        const done = () => {
            clearTimeout(timer);
            socket.destroy();
            resolve({ text, closed, status: Number(text.match(/^HTTP\/1\.[01] (\d+)/)?.[1] ?? 0) });
        };
        const timer = setTimeout(done, ms);
        socket.on('data', (part) => { text += part; });
        socket.on('end', () => { closed = true; done(); });
        socket.on('error', () => { closed = true; done(); });
        socket.write(bytes);
    });
}

const lines = (...parts) => parts.join('\r\n');
const smuggled = 'GET /account HTTP/1.1\r\nHost: x\r\n\r\n';

const twoReadings = {
    'a length and a chunked body': lines('POST /sign-in HTTP/1.1', 'Host: x', 'Content-Length: 5',
        'Transfer-Encoding: chunked', '', '0', '', smuggled),
    'a chunked body and a length': lines('POST /sign-in HTTP/1.1', 'Host: x',
        'Transfer-Encoding: chunked', `Content-Length: ${smuggled.length + 5}`, '', '0', '', smuggled),
    'two lengths': lines('POST /sign-in HTTP/1.1', 'Host: x', 'Content-Length: 0',
        `Content-Length: ${smuggled.length}`, '', smuggled),
    'one length twice': lines('POST /sign-in HTTP/1.1', 'Host: x', 'Content-Length: 0',
        'Content-Length: 0', '', smuggled),
    'a length with a sign': lines('POST /sign-in HTTP/1.1', 'Host: x', 'Content-Length: +0', '', smuggled),
    'a length in hexadecimal': lines('POST /sign-in HTTP/1.1', 'Host: x', 'Content-Length: 0x0', '', smuggled),
    'a list of lengths': lines('POST /sign-in HTTP/1.1', 'Host: x', 'Content-Length: 0, 0', '', smuggled),
    'a negative length': lines('POST /sign-in HTTP/1.1', 'Host: x', 'Content-Length: -1', '', smuggled),
    'a coding that is almost chunked': lines('POST /sign-in HTTP/1.1', 'Host: x',
        'Transfer-Encoding: xchunked', 'Content-Length: 0', '', smuggled),
    'two codings': lines('POST /sign-in HTTP/1.1', 'Host: x', 'Transfer-Encoding: gzip, chunked', '',
        '0', '', smuggled),
    'a folded header': lines('POST /sign-in HTTP/1.1', 'Host: x', 'X-A: b', ' Content-Length: 40', '', smuggled),
    'a space before the colon': lines('POST /sign-in HTTP/1.1', 'Host: x', 'Content-Length : 0', '', smuggled),
    'two hosts': lines('GET /sign-in HTTP/1.1', 'Host: x', 'Host: y', '', smuggled),
};

for (const [what, bytes] of Object.entries(twoReadings)) {
    test(`smuggling: ${what} is refused and the connection closed`, async (t) => {
        const got = await raw(t, bytes);
        assert.ok([400, 501].includes(got.status) || (got.status === 0 && got.closed),
            `answered ${got.status}: ${got.text.slice(0, 200)}`);
        assert.doesNotMatch(got.text, /HTTP\/1\.[01] (?!400|501)\d/, 'the bytes behind it were answered as well');
        assert.ok(got.closed, 'the connection is closed');
    });
}

test('requests that are too large are refused by name', async (t) => {
    const address = await raw(t, `GET /${'a'.repeat(5000)} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`);
    assert.equal(address.status, 414);
    const header = await raw(t, `GET /health HTTP/1.1\r\nHost: x\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`);
    assert.equal(header.status, 431);
    const many = Array.from({ length: 150 }, (_, i) => `X-${i}: a\r\n`).join('');
    assert.equal((await raw(t, `GET /health HTTP/1.1\r\nHost: x\r\n${many}\r\n`)).status, 431);
    const body = await raw(t, lines('POST /sign-in HTTP/1.1', 'Host: x',
        'Content-Type: application/x-www-form-urlencoded', 'Content-Length: 9000000', '', 'a=b'));
    assert.equal(body.status, 413);
    const chunk = `${(65536).toString(16)}\r\n${'a'.repeat(65536)}\r\n`;
    const chunked = await raw(t, lines('POST /sign-in HTTP/1.1', 'Host: x',
        'Content-Type: application/x-www-form-urlencoded', 'Transfer-Encoding: chunked', '', '') +
        chunk.repeat(40) + '0\r\n\r\n', 4000);
    assert.ok(chunked.status === 413 || (chunked.status === 0 && chunked.closed),
        `a long chunked body: ${chunked.status}`);
    assert.equal((await t.ask(null, 'GET', '/health')).status, 200);
});

test('many fields, long fields and broken encodings are refused without a fault', async (t) => {
    const account = t.account('data_manager');
    const token = await t.school.token(account);
    const many = Array.from({ length: 6000 }, (_, i) => `f${i}=1`).join('&');
    const bodies = [many, `q=${'a'.repeat(200_000)}`, 'q=%00', 'q=%ff%fe', 'q=%', 'q=%zz', '=&=&=',
        '&'.repeat(2000), 'q=a&q=b', 'q[]=a', 'q=%ed%a0%80'];
    for (const body of bodies) {
        const got = await t.ask(account, 'POST', '/pupils', {
            body: `csrf_token=${encodeURIComponent(token)}&${body}`,
            type: 'application/x-www-form-urlencoded' });
        assert.ok(got.status < 500, `${got.status} for ${body.slice(0, 30)}: ${words(got.text)}`);
    }
});

test('only GET, HEAD and POST exist, and only forms can be posted', async (t) => {
    for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'PROPFIND']) {
        const got = await t.ask(t.account('head'), method, '/account');
        assert.ok([405, 501].includes(got.status), `${method}: ${got.status}`);
    }
    const trace = await raw(t, 'TRACE /account HTTP/1.1\r\nHost: x\r\nCookie: secret\r\n\r\n');
    assert.ok([400, 405, 501].includes(trace.status), `TRACE: ${trace.status}`);
    assert.doesNotMatch(trace.text, /secret/);
    for (const type of ['application/json', 'text/xml', 'text/plain'])
        assert.equal((await t.ask(t.account('head'), 'POST', '/pupils', { body: '{}', type })).status, 415, type);
});

test('clients that drip their requests keep nobody else waiting', async (t) => {
    const sockets = Array.from({ length: 40 }, () => connect(t));
    try {
        for (const socket of sockets) {
            socket.on('error', () => {});
            socket.write('POST /sign-in HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n' +
                'Content-Type: application/x-www-form-urlencoded\r\n\r\na');
        }
        const account = t.account('head');
        const started = Date.now();
        for (let i = 0; i < 5; i++) {
            for (const socket of sockets)
                socket.write('a');
            assert.equal((await t.ask(account, 'GET', '/account')).status, 200);
            await sleep(20);
        }
        assert.ok(Date.now() - started < 5000, `five pages took ${Date.now() - started} ms`);
    } finally {
        for (const socket of sockets)
            socket.destroy();
    }
});

// ---- forged forms

// A path of the table with ids that exist in the demonstration school for sure.
function concrete(pattern) {
    return pattern.replace(/\{id\}/g, '1').replace(/\{name\}/g, 'progress')
        .replace(/\{topic\}/g, 'home').replace(/\{[a-z_]+\}/g, 'x');
}

test('every form is refused without its token, with a strange one, and from another site', async (t) => {
    const account = t.account('data_manager');
    const other = t.account('head');
    const strange = await t.school.token(other);
    const mine = await t.school.token(account);
    const posts = routes().filter((one) => one.method === 'POST');
    assert.ok(posts.length >= 8, 'the route table is found');
    for (const route of posts) {
        const target = concrete(route.path);
        const forged = [
            ['without a token', { form: { a: 'b' } }],
            ['with an empty token', { form: { csrf_token: '' } }],
            ['with the token of another person', { form: { csrf_token: strange } }],
            ['with the token in the address', { form: { a: 'b' } }, `?csrf_token=${encodeURIComponent(mine)}`],
            ['from another site', { form: { csrf_token: mine }, headers: { 'sec-fetch-site': 'cross-site' } }],
            ['from a sister site', { form: { csrf_token: mine }, headers: { 'sec-fetch-site': 'same-site' } }],
            ['with a strange origin', { form: { csrf_token: mine }, headers: { origin: 'http://example.org' } }],
            ['with no origin', { form: { csrf_token: mine }, headers: { origin: 'null' } }],
        ];
        for (const [what, options, query = ''] of forged) {
            const got = await t.ask(account, 'POST', target + query, options);
            assert.equal(got.status, 403, `${target} ${what}: ${words(got.text)}`);
        }
    }
    assert.equal((await t.ask(account, 'GET', '/account')).status, 200, 'still signed in');
});

test('a page of another site cannot send one of our forms in a signed-in browser', async (t) => {
    const account = t.teacher();
    const token = await t.school.token(account);
    const trap = http.createServer((request, response) => {
        response.setHeader('content-type', 'text/html');
        response.end(`<!doctype html><title>trap</title><form method="post"
            action="${t.school.url}/account/sessions"><input name="csrf_token" value="${token}">
            <button>go</button></form>`);
    });
    await new Promise((resolve) => { trap.listen(0, '127.0.0.1', resolve); });
    try {
        const page = await t.page(account);
        await page.goto(`http://localhost:${trap.address().port}/`);
        const [response] = await Promise.all([
            page.waitForResponse((one) => one.url().includes('/account/sessions')),
            page.getByRole('button').click()]);
        assert.equal(response.status(), 403);
        const framed = await page.evaluate(async (url) => {
            try {
                const answer = await fetch(url, { credentials: 'include' });
                return answer.status;
            } catch { return 'refused'; }
        }, `${t.school.url}/account`);
        assert.ok(framed === 'refused' || framed === 200);
    } finally {
        trap.close();
    }
    t.forgive(/localhost|another place|CORS/);
});

test('a look changes nothing: every address to post to refuses GET or only shows', async (t) => {
    const account = t.account('data_manager');
    const gets = new Set(routes().filter((one) => one.method === 'GET').map((one) => one.path));
    for (const route of routes().filter((one) => one.method === 'POST' && !gets.has(one.path))) {
        const got = await t.ask(account, 'GET', concrete(route.path));
        assert.ok([404, 405].includes(got.status), `${route.path}: ${got.status}`);
    }
});

// ---- ids in a form that was drawn for others

test('a form of one class cannot write into another class or onto another sheet', async (t) => {
    const [mine, theirs] = await t.strangers();
    const [sheet, strange] = [mine.marksheets[0], theirs.marksheets[0]];
    const cellsOf = (fields) => fields.filter(([name]) => name.startsWith('cell.'));
    const own = formsOf((await t.ask(mine, 'GET', sheet)).text).find((one) => cellsOf(one.fields).length);
    const before = formsOf((await t.ask(theirs, 'GET', strange)).text).find((one) => cellsOf(one.fields).length);
    const known = new Set(cellsOf(own.fields).map(([name]) => name));
    const victim = cellsOf(before.fields).find(([name]) => !known.has(name));
    const grade = ['3b', '2a', 'C', '4', '5c'];
    for (const value of grade) {
        const [, pupil, subject] = victim[0].split('.');
        const swapped = [...own.fields, [victim[0], value], [`rev.${pupil}.${subject}`, '0'],
            [`cell.${pupil}.${cellsOf(own.fields)[0][0].split('.')[2]}`, value], ['cell.1.MAT', value],
            ['cell.-1.MAT', value], ['cell.999999999999.MAT', value], ['cell.x.y', value],
            ["cell.1' OR '1'='1.MAT", value], ['recorded_by', 'head'], ['role', 'data_manager']];
        const got = await t.ask(mine, 'POST', sheet, { form: swapped });
        assert.ok([303, 403, 409, 422].includes(got.status), `${got.status}: ${words(got.text)}`);
        const onto = await t.ask(mine, 'POST', strange, { form: [...before.fields
            .filter(([name]) => name !== 'csrf_token'), ['csrf_token', await t.school.token(mine)], [victim[0], value]] });
        assert.ok([403, 404].includes(onto.status), `${onto.status}: ${words(onto.text)}`);
    }
    const after = formsOf((await t.ask(theirs, 'GET', strange)).text).find((one) => cellsOf(one.fields).length);
    assert.deepEqual(cellsOf(after.fields), cellsOf(before.fields));
});

test('nobody makes themselves more: fields that a form does not have are not seen', async (t) => {
    const teacher = t.teacher();
    const token = await t.school.token(teacher, '/account');
    for (const target of ['/settings/users', '/settings/users/1', '/settings', '/reviews', '/reviews/1', '/imports']) {
        const got = await t.ask(teacher, 'POST', target, { form: { csrf_token: token, role: 'data_manager',
            name: 'x', username: 'x', kind: 'school', do: 'grant' } });
        assert.ok([403, 404, 405, 415, 422].includes(got.status) && !(got.status === 422 && target !== '/imports'),
            `${target}: ${got.status}`);
    }
    await t.ask(teacher, 'POST', '/account/school', { form: { csrf_token: token, to: '2', role: 'head' } });
    assert.equal((await t.ask(teacher, 'GET', '/settings/users')).status, 403);
});

// ---- names that are scripts

// An attribute of ours marks every element that a name managed to make.
const evil = ['<b data-evil>x', '"><img data-evil src=x onerror=window.evil=1>', "'><svg data-evil onload=window.evil=1>",
    '</script><script data-evil>window.evil=1</script>', '{{evil}}<i data-evil>', 'javascript:window.evil=1'];

// Pupils, groups, a review and somebody's name; the number of one of the pupils.
async function plant(t, manager) {
    const quoted = (i) => `"${evil[i % evil.length].replaceAll('"', '""')}"`;
    const upns = evil.map((_, i) => withLetter(`80120000100${i + 1}`));
    const write = (name, lines) => {
        fs.writeFileSync(path.join(t.school.folder, name), `${lines.join('\n')}\n`);
        return path.join(t.school.folder, name);
    };
    for (const file of [
        write('pupils.csv', ['upn,surname,forename,dob,sex,year_group,registration,entry_date', ...upns.map((upn, i) =>
            `${upn},${quoted(i)},${quoted(i + 1)},2015-01-0${i + 1},F,5,${quoted(i + 2)},2025-09-01`)]),
        write('groups.csv', ['upn,group,type,subject,from,to', ...upns.map((upn, i) =>
            `${upn},${quoted(i)},user,,2025-09-01,`)])]) {
        const done = t.school.run('import', file, '--school', manager.school);
        assert.equal(done.status, 0, done.err + done.out);
    }
    const token = await t.school.token(manager);
    const review = await t.ask(manager, 'POST', '/reviews', { form: { csrf_token: token, name: evil[1], asks: 'assessment',
        'first-year': '5', 'last-year': '5', subjects: '', from: '24/03/2026', to: '25/03/2026' } });
    assert.equal(review.status, 303, words(review.text));
    const user = await t.ask(manager, 'POST', '/settings/users', { form: { csrf_token: token, name: evil[1],
        username: 'evil.name', role: 'form_tutor', kind: 'registration', value: '5A', own: manager.password } });
    assert.ok([200, 303].includes(user.status), words(user.text));
    const list = await t.ask(manager, 'GET', '/pupils.json?year-group=5');
    const { id } = JSON.parse(list.text).tables[0].rows.find((row) => row.surname.includes('data-evil'));
    return id;
}

test('names that are scripts are shown as text on every page that shows them', async (t) => {
    const manager = t.account('data_manager');
    const id = await plant(t, manager);
    const page = await t.page(manager);
    const targets = ['/', '/pupils', '/pupils?year-group=5', `/pupils/${id}`, '/groups', '/groups?page=2', '/groups?page=3', '/targets?year-group=5',
        '/reviews', '/imports', '/exports', '/marksheets', '/reports', '/settings', '/settings/users', '/settings/audit',
        ...['progress', 'missing', 'summary', 'aps', 'targets', 'trajectory', 'compare', 'scatter', 'matrix', 'profile', 'overlap'].map((name) =>
            `/reports/${name}?year-group=5`)];
    const seen = [];
    for (const target of targets) {
        await t.go(page, target);
        const found = await page.evaluate(() => ({ made: document.querySelectorAll('[data-evil]').length,
            ran: window.evil, shown: document.documentElement.textContent.includes('data-evil'),
            links: document.querySelectorAll('a[href^="javascript:"]').length }));
        assert.equal(found.made, 0, `${target}: a name became an element`);
        assert.equal(found.ran, undefined, `${target}: a name ran`);
        assert.equal(found.links, 0, target);
        if (found.shown)
            seen.push(target);
    }
    for (const target of ['/pupils?year-group=5', `/pupils/${id}`, '/reviews', '/settings/users'])
        assert.ok(seen.includes(target), `${target} shows one`);
    await t.shot(page, 'names-that-are-scripts');
});

// A UPN's check letter: the weights 2 to 13, modulo 23, letters without I, O and S.
function withLetter(digits) {
    const sum = [...digits].reduce((total, digit, i) => total + Number(digit) * (i + 2), 0);
    return 'ABCDEFGHJKLMNPQRTUVWXYZ'[sum % 23] + digits;
}

test('what is typed into a search or a filter comes back as text', async (t) => {
    const manager = t.account('data_manager');
    const page = await t.page(manager);
    for (const text of evil) {
        await page.goto('/pupils');
        await page.locator('main input[name="q"]').fill(text);
        await leads(page, () => page.locator('main').getByRole('button', { name: 'Find' }).click());
        assert.equal(await page.locator('[data-evil]').count(), 0);
        await page.goto(`/reports/progress?${['subject', 'group', 'registration', 'review', 'as-at', 'by', 'where', 'model', 'x']
            .map((name) => `${name}=${encodeURIComponent(text)}`).join('&')}`);
        assert.equal(await page.locator('[data-evil]').count(), 0);
        await page.goto(`/reports/scatter?x=${encodeURIComponent(text)}&y=${encodeURIComponent(text)}`);
        assert.equal(await page.locator('[data-evil]').count(), 0);
        await page.goto(`/reports/matrix?from=${encodeURIComponent(text)}&value=${encodeURIComponent(text)}`);
        assert.equal(await page.locator('[data-evil]').count(), 0);
        await page.goto(`/reports/overlap?sets=${encodeURIComponent(`${text}: FSM; EAL`)}&region=${encodeURIComponent(text)}`);
        assert.equal(await page.locator('[data-evil]').count(), 0);
        await page.goto(`/reports/compare?column=${encodeURIComponent(text)}`);
        assert.equal(await page.locator('[data-evil]').count(), 0);
        await page.goto(`/sign-in?return_to=${encodeURIComponent(text)}`);
        assert.equal(await page.locator('[data-evil]').count(), 0);
        assert.equal(await page.evaluate(() => window.evil), undefined);
    }
});

test('files that go out neutralise formulas in names', async (t) => {
    const manager = t.account('data_manager');
    const file = path.join(t.school.folder, 'formulas.csv');
    fs.writeFileSync(file, 'upn,surname,forename,dob,sex,year_group,registration\n' +
        `${withLetter('801200002001')},"=HYPERLINK(""x"")",+1+1,2015-02-01,M,5,5A\n`);
    const done = t.school.run('import', file, '--school', manager.school);
    assert.equal(done.status, 0, done.err + done.out);
    const got = await t.ask(manager, 'GET', '/pupils.csv?year-group=5');
    assert.equal(got.status, 200);
    assert.ok(got.text.includes("'=HYPERLINK"), 'the name is there behind an apostrophe');
    assert.doesNotMatch(got.text, /(^|[,"\n])[=+@]/);
    assert.match(got.headers['content-disposition'] ?? '', /attachment/);
});

// ---- paths and statements

test('no path leads out of the program', async (t) => {
    const account = t.account('data_manager');
    const paths = ['/../../etc/passwd', '/..%2f..%2fetc/passwd', '/%2e%2e/%2e%2e/etc/passwd', '/static/../../attain.db',
        '/static/..%2f..%2fdemo.db', '/static//etc/passwd', '/demo.db', '/accounts.json', '/.git/config', '/help/..%2f..%2fREADME',
        '/help/%2e%2e%2fhome', '/reports/..%2fpupil', '/reports/progress%00.json', '/pupils/1%00', '/pupils/0x1', '/pupils/1e3',
        '/pupils/99999999999999999999', '/pupils/-1', "/pupils/1'", '/pupils/1;a', '//example.org/', '/\\..\\..\\windows'];
    for (const target of paths) {
        const got = await raw(t, `GET ${target} HTTP/1.1\r\nHost: x\r\nCookie: attain=${await t.school.signIn(account)}\r\nConnection: close\r\n\r\n`);
        assert.ok([400, 403, 404].includes(got.status), `${target}: ${got.status}`);
        assert.doesNotMatch(got.text, /root:|SQLite format|\[core\]/, target);
    }
});

const statements = ["' OR '1'='1", "'; DROP TABLE pupil;--", '" OR ""="', '1 UNION SELECT 1,2,3', "%' AND 1=1--",
    "\\'; SELECT 1", 'MAT) OR (1=1', "')) UNION SELECT password FROM account--"];

test('statements typed into every filter, search and form change and reveal nothing', async (t) => {
    const manager = t.account('data_manager');
    const count = async () => JSON.parse((await t.ask(manager, 'GET', '/pupils.json?year-group=8')).text)
        .population.counted;
    const before = await count();
    const token = await t.school.token(manager);
    const check = (got, what) => {
        assert.ok(got.status < 500, `${what}: ${got.status}`);
        assert.doesNotMatch(got.text, /sqlite|syntax error|no such (table|column)/i, what);
    };
    for (const text of statements) {
        const value = encodeURIComponent(text);
        for (const name of ['year-group', 'subject', 'group', 'registration', 'review', 'by', 'as-at', 'basis', 'model', 'where', 'measure'])
            check(await t.ask(manager, 'GET', `/reports/progress.json?${name}=${value}`), `${name}=${text}`);
        for (const name of ['sort', 'column', 'show', 'with', 'why', 'history'])
            check(await t.ask(t.account('teacher'), 'GET', `${t.account('teacher').marksheets[0]}?${name}=${value}`), `${name}=${text}`);
        check(await t.ask(manager, 'POST', '/pupils', { form: { csrf_token: token, q: text } }), `q=${text}`);
        check(await t.ask(manager, 'POST', '/settings/audit', { form: { csrf_token: token, who: text, pupil: text } }), `audit ${text}`);
        check(await t.ask(manager, 'GET', `/reports/progress.json?${value}=1`), `a key ${text}`);
        check(await t.ask(manager, 'GET', '/account', { headers: { 'x-forwarded-for': text, 'user-agent': text, referer: text } }), 'headers');
        const first = await t.ask(null, 'GET', '/sign-in');
        if (text === statements[0]) {
            const got = await t.ask(null, 'POST', '/sign-in', { cookie: cookieOf(first),
                form: { csrf_token: tokenOf(first.text), username: text, password: text } });
            assert.equal(got.status, 422, 'signing in');
        }
    }
    assert.equal(await count(), before);
});

test('a cookie that is no session is nobody and breaks nothing', async (t) => {
    for (const cookie of ['x', 'a'.repeat(43), '"; DROP', `${'a'.repeat(3000)}`, '..%2f', "' OR 1=1"])
        assert.equal((await t.ask(null, 'GET', '/account', { cookie })).status, 303, cookie.slice(0, 20));
});

test('an error page tells nothing of the inside', async (t) => {
    const account = t.account('teacher');
    for (const target of ['/no/such', '/pupils/999999', '/marksheets/999999', '/settings/users']) {
        const got = await t.ask(account, 'GET', target);
        assert.ok([403, 404].includes(got.status), target);
        assert.doesNotMatch(got.text, /\.c:\d|src\/|sqlite|0x[0-9a-f]{6}|attain\.db|demo\.db/i, target);
    }
});

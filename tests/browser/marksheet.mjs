// The marksheet: a whole class by keyboard, from a spreadsheet, with two teachers at once, with
// a lost network, without scripts, on paper. What counts is what the server has afterwards.
import assert from 'node:assert/strict';
import { leads, test } from './harness.mjs';
import { cell, grades, isGrade, open, other, stored, waitStored, withSheet } from './sheets.mjs';

async function enter(page, name, text) {
    await cell(page, name).focus();
    await cell(page, name).fill(text);
    await page.keyboard.press('Enter');
}

test('thirty marks are entered by keyboard alone', async (t) => {
    const { account, sheet } = await withSheet(t, 25);
    const { page, names } = await open(t, account, sheet);
    await t.shot(page, 'marksheet');
    const codes = await grades(page, names[0]);
    const want = new Map();
    for (let i = 0; i < 150; i++) {
        if (await page.evaluate((name) => document.activeElement.name === name, names[0]))
            break;
        await page.keyboard.press('Tab');
    }
    for (const [i, name] of names.slice(0, 30).entries()) {
        assert.equal(await page.evaluate(() => document.activeElement.name), name,
            `Enter leads down the column, row ${i + 1}`);
        const value = other(codes, await cell(page, name).inputValue(), i % 3);
        want.set(name, value);
        await page.keyboard.press('Control+A');
        await page.keyboard.type(value);
        await page.keyboard.press('Enter');
    }
    await waitStored(t, account, sheet, want);
    await page.keyboard.press('Shift+Enter');
    await t.go(page, sheet);
    for (const [name, value] of want)
        assert.equal(await cell(page, name).inputValue(), value);
    t.notes.push(`# ${want.size} marks by keyboard`);
});

test('a column of a spreadsheet is pasted, and one key takes it back', async (t) => {
    const { account, sheet } = await withSheet(t);
    const { page, names } = await open(t, account, sheet);
    await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
    const before = await stored(t, account, sheet);
    const codes = await grades(page, names[0]);
    const part = names.slice(1, 7);
    const want = new Map(part.map((name, i) => [name, other(codes, before.get(name), i % 4)]));
    await page.evaluate((text) => navigator.clipboard.writeText(text),
        [...want.values()].join('\r\n') + '\r\n');
    await cell(page, part[0]).focus();
    await page.keyboard.press('Control+V');
    await waitStored(t, account, sheet, want);
    const after = await stored(t, account, sheet);
    assert.equal(after.get(names[0]), before.get(names[0]), 'the row above is as it was');
    assert.equal(after.get(names[7]), before.get(names[7]), 'the row below is as it was');
    await page.keyboard.press('Control+Z');
    await waitStored(t, account, sheet, new Map(part.map((name) => [name, before.get(name)])));
});

test('a grade that does not exist stays in its cell, is described, and is not saved', async (t) => {
    const { account, sheet } = await withSheet(t);
    const { page, names } = await open(t, account, sheet);
    const before = await stored(t, account, sheet);
    const good = other(await grades(page, names[0]), before.get(names[1]));
    await enter(page, names[0], 'qqq');
    await enter(page, names[1], good);
    await waitStored(t, account, sheet, new Map([[names[1], good]]));
    const bad = cell(page, names[0]);
    await page.locator(`input[name="${names[0]}"][aria-invalid="true"]`).waitFor();
    assert.equal(await bad.inputValue(), 'qqq');
    assert.ok(await bad.evaluate((input) => (input.getAttribute('aria-describedby') ?? '')
        .split(' ').some((id) => document.getElementById(id)?.textContent.trim())), 'it is described');
    assert.equal((await stored(t, account, sheet)).get(names[0]), before.get(names[0]));
    await t.shot(page, 'marksheet-refused');
    await t.axe(page, 'marksheet with a grade that does not exist');
});

test('two teachers change one cell: the second is asked, and nothing typed is lost', async (t) => {
    const { first, second, sheet } = t.school.pair();
    const one = await open(t, first, sheet);
    const two = await open(t, second, sheet);
    const name = one.names[0];
    const codes = await grades(one.page, name);
    const start = await cell(one.page, name).inputValue();
    const [theirs, mine] = [other(codes, start, 0), other(codes, start, 1)];
    await enter(one.page, name, theirs);
    await waitStored(t, first, sheet, new Map([[name, theirs]]));
    await enter(two.page, name, mine);
    const use = two.page.getByRole('button', { name: `Use my ${mine}` });
    await use.waitFor();
    const said = await two.page.locator('tr.msg').first().innerText();
    assert.ok(said.includes(theirs) && said.includes(mine), said);
    assert.ok(said.includes(first.name.split(' ').at(-1)), `${said} names ${first.name}`);
    assert.equal(await cell(two.page, name).inputValue(), mine);
    assert.equal((await stored(t, second, sheet)).get(name), theirs, 'nothing is written over');
    await t.shot(two.page, 'marksheet-conflict');
    await t.axe(two.page, 'marksheet with a conflict');
    await use.click();
    await waitStored(t, first, sheet, new Map([[name, mine]]));
});

test('a conflict on a page without scripts comes back with 409 and what was typed', async (t) => {
    const { first, second, sheet } = t.school.pair();
    const one = await open(t, first, sheet, { javaScriptEnabled: false });
    const two = await open(t, second, sheet, { javaScriptEnabled: false });
    const [name, free] = [one.names[2], one.names[3]];
    const codes = (await stored(t, first, sheet), await gradesBare(one.page, name));
    const start = await cell(one.page, name).inputValue();
    const [theirs, mine] = [other(codes, start, 0), other(codes, start, 1)];
    const beside = other(codes, await cell(two.page, free).inputValue());
    await cell(one.page, name).fill(theirs);
    await save(one.page, 303);
    await cell(two.page, name).fill(mine);
    await cell(two.page, free).fill(beside);
    await save(two.page, 409);
    assert.equal(await cell(two.page, name).inputValue(), mine);
    const told = await two.page.locator('.problems').first().innerText();
    assert.ok(told.includes(theirs) && told.includes(mine), told);
    const now = await stored(t, second, sheet);
    assert.equal(now.get(name), theirs);
    assert.equal(now.get(free), beside, 'the cell that nobody else changed is saved');
    await t.shot(two.page, 'marksheet-conflict-no-script');
    await leads(two.page, () => two.page.locator(`button[name="use"][value="${name}"]`).first().click());
    await waitStored(t, first, sheet, new Map([[name, mine]]));
});

async function gradesBare(page, name) {
    const id = await cell(page, name).getAttribute('list');
    const all = await page.locator(`#${id} option`).evaluateAll((list) => list.map((one) => one.value));
    return all.filter(isGrade);
}

// Without scripts: the form's own button. A save that went well leads back to the page.
async function save(page, want) {
    const posted = page.waitForResponse((one) => one.request().method() === 'POST');
    await leads(page, () => page.getByRole('button', { name: 'Save', exact: true }).first().click());
    const response = await posted;
    assert.equal(response.status(), want);
}

test('without scripts a column is filled in and saved with the button', async (t) => {
    const { account, sheet } = await withSheet(t);
    const { page, names } = await open(t, account, sheet, { javaScriptEnabled: false });
    const codes = await gradesBare(page, names[0]);
    const want = new Map();
    for (const name of names.slice(0, 5)) {
        want.set(name, other(codes, await cell(page, name).inputValue()));
        await cell(page, name).fill(want.get(name));
    }
    await save(page, 303);
    for (const [name, value] of want)
        assert.equal(await cell(page, name).inputValue(), value);
    await cell(page, names[0]).fill('qqq');
    await save(page, 422);
    assert.equal(await cell(page, names[0]).inputValue(), 'qqq');
    assert.match(await page.title(), /^Error: /);
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    await waitStored(t, account, sheet, want);
});

test('what is entered without a network is kept and arrives when it is back', async (t) => {
    const { account, sheet } = await withSheet(t);
    const { page, names } = await open(t, account, sheet);
    const codes = await grades(page, names[0]);
    const want = new Map();
    await page.context().setOffline(true);
    for (const name of names.slice(0, 4)) {
        want.set(name, other(codes, await cell(page, name).inputValue()));
        await enter(page, name, want.get(name));
    }
    await page.getByRole('status').filter({ hasText: /connection/i }).first().waitFor();
    await t.shot(page, 'marksheet-offline');
    await t.axe(page, 'marksheet without a network');
    for (const [name, value] of want)
        assert.equal(await cell(page, name).inputValue(), value);
    await page.context().setOffline(false);
    await waitStored(t, account, sheet, want);
    await page.getByRole('status').filter({ hasText: /saved/i }).first().waitFor();
});

test('what could not be sent is there again when the page is opened again', async (t) => {
    const { account, sheet } = await withSheet(t);
    const { page, names } = await open(t, account, sheet);
    const value = other(await grades(page, names[0]), await cell(page, names[0]).inputValue());
    await page.context().setOffline(true);
    await enter(page, names[0], value);
    await page.getByRole('status').filter({ hasText: /connection/i }).first().waitFor();
    const next = await page.context().newPage();
    t.watch(next);
    await page.close({ runBeforeUnload: false });
    await next.context().setOffline(false);
    await t.go(next, sheet);
    await waitStored(t, account, sheet, new Map([[names[0], value]]));
});

test('a session that ended meanwhile loses nothing: signed in again, it is sent', async (t) => {
    const { account, sheet } = await withSheet(t);
    const { page, names } = await open(t, account, sheet);
    const value = other(await grades(page, names[0]), await cell(page, names[0]).inputValue());
    const context = page.context();
    const cookies = await context.cookies();
    await context.clearCookies();
    await enter(page, names[0], value);
    await page.getByRole('status').filter({ hasText: /sign/i }).first().waitFor();
    assert.equal(await cell(page, names[0]).inputValue(), value);
    await context.addCookies(cookies);
    await page.evaluate(() => window.dispatchEvent(new Event('focus')));
    await waitStored(t, account, sheet, new Map([[names[0], value]]));
});

test('signing out leaves what could not be sent for the next time', async (t) => {
    const { account, sheet } = await withSheet(t);
    const { page, names } = await open(t, account, sheet);
    const value = other(await grades(page, names[0]), await cell(page, names[0]).inputValue());
    const context = page.context();
    await page.route('**/marksheets/**', (route) => route.abort());
    await enter(page, names[0], value);
    await page.getByRole('status').filter({ hasText: /connection/i }).first().waitFor();
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL(/sign-in/);
    t.school.sessions.delete(account.username);
    const signedOut = page.url();
    await page.close({ runBeforeUnload: false });
    const next = await context.newPage();
    t.watch(next);
    await next.goto(new URL('/sign-in', signedOut).href);
    await next.getByLabel('User name').fill(account.username);
    await next.getByLabel('Password', { exact: true }).fill(account.password);
    await next.getByRole('button', { name: 'Sign in' }).click();
    await next.waitForURL((url) => !url.pathname.startsWith('/sign-in'));
    await t.go(next, sheet);
    await next.getByRole('status').filter({ hasText: /saved/i }).first().waitFor();
    await next.evaluate(() => localStorage.clear());
    await t.go(next, sheet);
    assert.equal(await cell(next, names[0]).inputValue(), value);
});

test('a cell that only another has changed is never written over', async (t) => {
    const { first, second, sheet } = t.school.pair();
    const two = await open(t, second, sheet, { javaScriptEnabled: false });
    const one = await open(t, first, sheet, { javaScriptEnabled: false });
    const [name, mine] = [one.names[5], one.names[6]];
    const codes = await gradesBare(one.page, name);
    const theirs = other(codes, await cell(one.page, name).inputValue());
    await cell(one.page, name).fill(theirs);
    await save(one.page, 303);
    const value = other(codes, await cell(two.page, mine).inputValue());
    await cell(two.page, mine).fill(value);
    await save(two.page, 303);
    await waitStored(t, first, sheet, new Map([[name, theirs], [mine, value]]));
});

test('the marksheet prints as a table without its buttons and menus', async (t) => {
    const { account, sheet } = await withSheet(t);
    const { page } = await open(t, account, sheet);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.getByRole('navigation', { name: 'Main' }).isVisible(), false);
    assert.equal(await page.getByRole('button', { name: 'Save', exact: true }).first().isVisible(), false);
    assert.equal(await page.locator('table.marks').isVisible(), true);
    assert.equal(await page.locator('table.marks thead').evaluate((head) =>
        getComputedStyle(head).display), 'table-header-group');
    assert.match(await page.locator('.foot .print-only').innerText(), /Confidential.* Printed for .* at \d\d:\d\d\./);
    await t.shot(page, 'marksheet-print');
    const paper = await page.pdf({ format: 'A4' });
    assert.ok(paper.subarray(0, 5).toString() === '%PDF-' && paper.length > 5000);
});

test('at 400% zoom the page itself does not scroll sideways', async (t) => {
    const { account, sheet } = await withSheet(t);
    const { page } = await open(t, account, sheet, { viewport: { width: 320, height: 256 } });
    await t.shot(page, 'marksheet-narrow');
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320, `the page is ${wide} pixels wide at 320`);
});

test('the sheets that come back with 422 and with 409 are accessible', async (t) => {
    const { first, second, sheet } = t.school.pair();
    const page = await t.page(second);
    await page.route('**/*.js', (route) => route.abort()); // the form alone, in a page axe can look at
    await t.go(page, sheet);
    const name = await page.locator('input[name^="cell."]').nth(4).getAttribute('name');
    const codes = await grades(page, name);
    const start = await cell(page, name).inputValue();
    await cell(page, name).fill('qqq');
    await save(page, 422);
    await t.shot(page, 'marksheet-422');
    await t.axe(page, 'marksheet, 422');
    const fields = [...await stored(t, first, sheet)].filter(([key]) => key !== name);
    assert.equal((await t.ask(first, 'POST', sheet, { form: [...fields, [name, other(codes, start)]] })).status, 303);
    await cell(page, name).fill(other(codes, start, 1));
    await save(page, 409);
    await t.shot(page, 'marksheet-409');
    await t.axe(page, 'marksheet, 409');
});

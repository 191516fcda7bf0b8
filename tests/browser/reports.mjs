// Reports: from a figure to the names behind it and to one pupil, filters, twins, paper.
import assert from 'node:assert/strict';
import { leads, test, words } from './harness.mjs';

async function names(t, account) {
    const got = await t.ask(account, 'GET', '/reports.json');
    assert.equal(got.status, 200);
    return JSON.parse(got.text).tables[0].rows.map((row) => row.report);
}

test('from the summary a head comes to the names behind a figure and to a pupil', async (t) => {
    const page = await t.page(t.account('head'));
    await t.go(page, '/');
    await t.shot(page, 'home-head');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Reports' }).click();
    await page.waitForURL('**/reports');
    await t.shot(page, 'reports');
    await page.locator('main').getByRole('link', { name: /Summary/ }).first().click();
    await page.waitForURL('**/reports/summary*');
    await t.shot(page, 'summary');
    const figure = page.locator('main table a[href*="/reports/names"]');
    assert.ok(await figure.count() > 0, 'the figures lead on');
    await figure.first().click();
    await page.waitForURL('**/reports/names*');
    await t.shot(page, 'names');
    await page.locator('main table a[href^="/pupils/"]').first().click();
    await page.waitForURL('**/pupils/*');
    await page.getByRole('heading', { level: 1 }).waitFor();
});

test('every report of the list opens for a head and says what it counts', async (t) => {
    const page = await t.page(t.account('head'));
    for (const name of await names(t, t.account('head'))) {
        // Results of whole schools are not asked of one year group.
        await t.go(page, name === 'authority' ? `/reports/${name}?subject=MAT`
            : `/reports/${name}?year-group=6&subject=MAT`);
        const text = await page.locator('main').innerText();
        assert.match(text, /How to read this|How this/i, `${name} says how to read it`);
        assert.match(text, /\d/, name);
        assert.ok((await page.getByRole('heading', { level: 1 }).innerText()).length > 5, name);
        assert.doesNotMatch(text, /\bNaN\b|undefined|\(null\)/, name);
        for (const table of await page.locator('main table').all())
            assert.ok(await table.locator('th[scope]').count() > 0, `${name}: headings have a scope`);
        await t.shot(page, `report-${name}`);
    }
});

test('a report and its twins show the same rows', async (t) => {
    const head = t.account('head');
    const page = await t.page(head);
    for (const name of ['progress', 'missing']) {
        const query = 'registration=6A&subject=MAT';
        const json = JSON.parse((await t.ask(head, 'GET', `/reports/${name}.json?${query}`)).text);
        const csv = (await t.ask(head, 'GET', `/reports/${name}.csv?${query}`)).text.trim().split(/\r?\n/);
        const [table] = json.tables;
        assert.equal(csv.length, table.rows.length + 1, name);
        assert.equal(csv[0].replace(/^\ufeff/, ''), table.columns.map((column) => column.key).join(','), name);
        await t.go(page, `/reports/${name}?${query}`);
        const text = await page.locator('main').innerText();
        for (const row of table.rows)
            assert.ok(text.includes(row.surname), `${name}: ${row.surname} is on the page`);
    }
});

test('filters are chosen in a form, listed, and taken away one by one', async (t) => {
    const page = await t.page(t.account('head'));
    await t.go(page, '/reports/progress');
    const open = page.getByText('Change what is counted');
    if (!await page.getByRole('button', { name: 'Apply' }).isVisible())
        await open.click();
    await page.locator('select[name="year-group"]').selectOption('6');
    await page.locator('select[name="subject"]').selectOption('MAT');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL(/year-group=6/);
    const chips = page.locator('.filters .chips a');
    assert.equal(await chips.count(), 2);
    await t.shot(page, 'report-filters');
    await leads(page, () => chips.first().click());
    assert.equal(await page.locator('.filters .chips a').count(), 1);
});

test('a filter that is wrong is refused in words, on the page and in JSON', async (t) => {
    const head = t.account('head');
    const page = await t.page(head);
    const response = await page.goto('/reports/progress?subject=NOSUCH');
    assert.ok([404, 422].includes(response.status()), `${response.status()}`);
    assert.ok((await page.locator('main').innerText()).includes('NOSUCH'));
    await t.axe(page, 'a report with a filter that is wrong');
    const json = await t.ask(head, 'GET', '/reports/progress.json?subject=NOSUCH');
    assert.ok([404, 422].includes(json.status), `${json.status}`);
    assert.ok(JSON.parse(json.text).error.message.includes('NOSUCH'), words(json.text));
});

test('a report of nobody says why it is empty', async (t) => {
    const page = await t.page(t.account('head'));
    await t.go(page, '/reports/progress?registration=6A&subject=MAT&as-at=1999-01-01');
    assert.match(await page.locator('main').innerText(), /no pupil|nobody|none|not on roll/i);
    await t.axe(page, 'an empty report');
});

test('the lights are words and signs, never colour alone', async (t) => {
    const page = await t.page(t.account('head'));
    await t.go(page, '/reports/progress?registration=6A&subject=MAT');
    const flags = await page.locator('main .flag').evaluateAll((all) => all.map((one) => ({
        text: one.textContent.trim(), sign: one.querySelector('svg') !== null })));
    assert.ok(flags.length > 5);
    for (const flag of flags)
        assert.ok(flag.text !== '' && flag.sign, JSON.stringify(flag));
});

test('a report prints with its title, its date and no forms', async (t) => {
    const page = await t.page(t.account('head'));
    await t.go(page, '/reports/progress?registration=6A&subject=MAT');
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.getByRole('navigation', { name: 'Main' }).isVisible(), false);
    assert.equal(await page.locator('.no-print:visible').count(), 0);
    assert.match(await page.locator('main').innerText(), /2026/);
    const paper = await page.pdf({ format: 'A4' });
    assert.ok(paper.length > 5000);
    await t.shot(page, 'report-print');
});

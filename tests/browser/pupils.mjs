// Finding a pupil and reading about them.
import assert from 'node:assert/strict';
import { leads, test } from './harness.mjs';

async function somebody(t, account, filter = 'year-group=6') {
    const got = await t.ask(account, 'GET', `/pupils.json?${filter}`);
    const rows = JSON.parse(got.text).tables[0].rows;
    assert.ok(rows.length > 0, filter);
    return rows[Math.floor(rows.length / 2)];
}

async function find(page, text) {
    await page.locator('main input[name="q"]').fill(text);
    await leads(page, () => page.locator('main').getByRole('button', { name: 'Find' }).click());
}

test('a pupil is found by name, and neither name nor UPN stands in an address', async (t) => {
    const manager = t.account('data_manager');
    const { surname, forename, upn } = await somebody(t, manager);
    const page = await t.page(manager);
    const addresses = [];
    page.on('request', (request) => addresses.push(decodeURIComponent(request.url())));
    await t.go(page, '/pupils');
    await t.shot(page, 'pupils');
    await find(page, surname);
    await t.shot(page, 'pupils-found');
    if (new URL(page.url()).pathname === '/pupils') { // several have the name
        await page.locator('main').getByRole('link', { name: forename }).first().click();
        await page.waitForURL('**/pupils/*');
    }
    assert.ok((await page.getByRole('heading', { level: 1 }).innerText()).includes(surname));
    await t.shot(page, 'pupil');
    await t.go(page, '/pupils');
    await find(page, upn);
    assert.ok((await page.locator('main').innerText()).includes(surname), 'the UPN finds them too');
    for (const address of addresses)
        assert.ok(!address.includes(surname) && !address.includes(upn), address);
});

test('the search in the head of every page finds from anywhere', async (t) => {
    const head = t.account('head');
    const { surname } = await somebody(t, head);
    const page = await t.page(head);
    await t.go(page, '/account');
    await page.getByRole('searchbox', { name: 'Find a pupil' }).fill(surname.toUpperCase());
    await leads(page, () => page.keyboard.press('Enter'));
    assert.ok((await page.locator('main').innerText()).includes(surname));
});

test('a name that nobody has is said in words, with what was typed still there', async (t) => {
    const page = await t.page(t.account('head'));
    await t.go(page, '/pupils');
    await find(page, 'Zzyzxqq');
    assert.equal(await page.locator('main input[name="q"]').inputValue(), 'Zzyzxqq');
    await page.getByRole('status').filter({ hasText: /no |nobody|none/i }).first().waitFor();
    await t.axe(page, 'pupils, nobody found');
});

test('a teacher finds the pupils of her classes and no others', async (t) => {
    const teacher = t.teacher();
    const sheet = await t.ask(teacher, 'GET', teacher.marksheets[0]);
    const mine = new Set([...sheet.text.matchAll(/\/pupils\/(\d+)/g)].map((one) => one[1]));
    const listed = await t.ask(teacher, 'GET', '/pupils.json');
    const all = JSON.parse((await t.ask(t.account('data_manager'), 'GET', '/pupils.json')).text);
    const got = JSON.parse(listed.text);
    assert.ok(got.tables[0].rows.length >= mine.size && got.tables[0].rows.length < all.population.counted / 2,
        `${got.tables[0].rows.length} of ${all.population.counted}`);
    const upns = new Set(got.tables[0].rows.map((one) => one.upn));
    const stranger = all.tables[0].rows.find((one) => !upns.has(one.upn));
    const found = await t.ask(teacher, 'POST', '/pupils', { form: { csrf_token: await t.school.token(teacher), q: stranger.upn } });
    assert.ok(!found.text.includes(`${stranger.surname}, ${stranger.forename}`), 'a UPN of another class finds nobody');
});

test('the flight path has its figures in a table beside it', async (t) => {
    const head = t.account('head');
    const list = await t.ask(head, 'GET', '/pupils?year-group=6');
    const page = await t.page(head);
    await t.go(page, `/pupils/${list.text.match(/\/pupils\/(\d+)/)[1]}`);
    const chart = page.locator('main svg[role="img"]').first();
    await chart.waitFor();
    assert.ok(await chart.evaluate((svg) => (svg.getAttribute('aria-labelledby') ?? '').split(' ')
        .some((id) => document.getElementById(id)?.textContent.trim())), 'it has a name');
    assert.ok(await chart.evaluate((svg) => {
        for (let up = svg.parentElement; up && up.tagName !== 'MAIN'; up = up.parentElement) {
            if (up.querySelector('table'))
                return true;
        }
        return false;
    }), 'with a table');
});

test('a target is set with a reason, and the one before stays on record', async (t) => {
    const manager = t.account('data_manager');
    const list = await t.ask(manager, 'GET', '/pupils?year-group=6');
    const target = `/pupils/${list.text.match(/\/pupils\/(\d+)/)[1]}`;
    const page = await t.page(manager);
    await t.go(page, target);
    await page.getByText(/^Set the target in/).click();
    const grade = page.getByLabel(/^Target for the end/);
    await grade.fill('nonsense');
    await leads(page, () => page.getByRole('button', { name: 'Set target' }).click());
    assert.equal(await grade.inputValue(), 'nonsense', 'what was typed is kept');
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    await t.axe(page, 'pupil, a target refused');
    for (const next of ['5c', '4a']) {
        if (!await grade.isVisible())
            await page.getByText(/^Set the target in/).click();
        await grade.fill(next);
        await page.getByLabel(/^Why/).fill('agreed with the class teacher');
        await page.getByRole('button', { name: 'Set target' }).click();
        await page.getByRole('status').filter({ hasText: `target ${next}` }).waitFor();
    }
    await t.go(page, target);
    const subject = (await page.getByText(/^Set the target in/).innerText()).replace(/^Set the target in /, '');
    const row = page.locator('main table').first().locator('tr').filter({ hasText: subject });
    assert.ok((await row.innerText()).includes('4a'), await row.innerText());
    const record = JSON.parse((await t.ask(manager, 'GET', `${target}.json`)).text);
    const said = JSON.stringify(record.tables);
    assert.ok(said.includes('"5c"'), 'the one before is on record');
});

test('a pupil prints without menus and forms', async (t) => {
    const head = t.account('head');
    const list = await t.ask(head, 'GET', '/pupils?year-group=6');
    const page = await t.page(head);
    await t.go(page, `/pupils/${list.text.match(/\/pupils\/(\d+)/)[1]}`);
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.getByRole('navigation', { name: 'Main' }).isVisible(), false);
    assert.equal(await page.locator('.no-print:visible').count(), 0);
    assert.equal(await page.getByRole('heading', { level: 1 }).isVisible(), true);
    await t.shot(page, 'pupil-print');
});

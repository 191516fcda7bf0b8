// The data manager gives and takes access; what is taken is gone with the next request.
import assert from 'node:assert/strict';
import { leads, test, words } from './harness.mjs';

async function userPage(t, page, name) {
    await t.go(page, '/settings/users');
    await page.locator('main').getByRole('link', { name, exact: true }).first().click();
    await page.waitForURL('**/settings/users/*');
}

async function press(page, name) {
    const own = page.locator('main input[name="own"]:visible');
    const password = page.ownPassword;
    for (const one of await own.all())
        await one.fill(password);
    await leads(page, () => page.getByRole('button', { name }).first().click());
}

async function manager(t) {
    const account = t.account('data_manager');
    const page = await t.page(account);
    page.ownPassword = account.password;
    return page;
}

test('somebody is added, chooses a password of their own, and sees what the role gives', async (t) => {
    const page = await manager(t);
    await t.go(page, '/settings/users');
    await page.getByLabel('Name', { exact: true }).fill('Cover Teacher');
    await page.getByLabel('User name').fill('cover.teacher');
    await page.getByLabel('Role', { exact: true }).selectOption('teacher');
    await page.getByLabel('Of whom').selectOption('group');
    await page.getByLabel('Which').fill('');
    await press(page, 'Add');
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    assert.equal(await page.getByLabel('Name', { exact: true }).inputValue(), 'Cover Teacher');
    await t.axe(page, 'users, refused');
    await page.getByLabel('Of whom').selectOption('registration');
    await page.getByLabel('Role', { exact: true }).selectOption('form_tutor');
    await page.getByLabel('Which').fill('6A');
    await press(page, 'Add');
    const first = await page.locator('.key').innerText();
    await t.shot(page, 'user-added');
    await t.axe(page, 'a user, added');
    const theirs = await t.page(null);
    await theirs.goto('/pupils');
    await theirs.getByLabel('User name').fill('cover.teacher');
    await theirs.getByLabel('Password').fill(first);
    await theirs.getByRole('button', { name: 'Sign in' }).click();
    await theirs.waitForURL('**/account');
    await theirs.goto('/pupils');
    assert.equal(new URL(theirs.url()).pathname, '/account', 'nothing before a password of their own');
    await theirs.getByLabel('Password now').fill(first);
    await theirs.getByLabel('New password', { exact: true }).fill('tangerine harbour ladder nine');
    await theirs.getByLabel('The new password once more').fill('tangerine harbour ladder nine');
    await leads(theirs, () => theirs.getByRole('button', { name: 'Change password' }).click());
    await t.go(theirs, '/pupils?registration=6A');
    assert.ok(await theirs.locator('main a[href^="/pupils/"]').count() > 10);
    assert.equal((await theirs.goto('/settings/users')).status(), 403);
});

test('a role that is ended is refused with the next request', async (t) => {
    const teacher = t.teacher();
    const [sheet] = teacher.marksheets;
    assert.equal((await t.ask(teacher, 'GET', sheet)).status, 200);
    const page = await manager(t);
    await userPage(t, page, teacher.name);
    while (await page.getByRole('button', { name: /^End/ }).count() > 0)
        await press(page, /^End/);
    const got = await t.ask(teacher, 'GET', sheet);
    assert.ok([303, 403, 404].includes(got.status), `${got.status}: ${words(got.text)}`);
    const saved = await t.ask(teacher, 'POST', sheet, { form: { 'cell.1.MAT': '3b' } });
    assert.ok([303, 403, 404].includes(saved.status), `${saved.status}`);
});

test('an account that is disabled is refused with the next request', async (t) => {
    const teacher = t.teacher();
    assert.equal((await t.ask(teacher, 'GET', '/account')).status, 200);
    const page = await manager(t);
    await userPage(t, page, teacher.name);
    await press(page, 'Disable the account');
    assert.equal((await t.ask(teacher, 'GET', '/account')).status, 303);
});

test('nobody gives more than they hold', async (t) => {
    const page = await manager(t);
    const teacher = t.teacher();
    await userPage(t, page, teacher.name);
    const role = page.getByLabel('Role', { exact: true });
    const offered = await role.locator('option').evaluateAll((all) => all.map((one) => one.value));
    for (const more of ['head', 'senco'].filter((one) => offered.includes(one))) {
        await role.selectOption(more);
        await page.getByLabel('Of whom').selectOption('school');
        await press(page, 'Give the role');
        await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    }
});

test('what somebody looked at stands in the audit under their name', async (t) => {
    const head = t.account('head');
    const list = await t.ask(head, 'GET', '/pupils?year-group=6');
    await t.ask(head, 'GET', `/pupils/${list.text.match(/\/pupils\/(\d+)/)[1]}`);
    const page = await manager(t);
    await t.go(page, '/settings/audit');
    for (let i = 0; i < 20; i++) {
        await page.getByLabel('User name').fill(head.username);
        await leads(page, () => page.getByRole('button', { name: 'Search' }).click());
        if (await page.locator('table.log tbody tr').filter({ hasText: /view|saw|looked/i }).count() > 0)
            break;
        await page.waitForTimeout(250);
    }
    const rows = page.locator('table.log tbody tr').filter({ hasText: /view|saw|looked/i });
    assert.ok(await rows.count() > 0, words(await page.content()));
    await t.shot(page, 'audit');
    await t.axe(page, 'the audit, found');
});

// Signing in and out: trust 2, checks 1 to 25, as far as a browser shows them.
import assert from 'node:assert/strict';
import { cookieOf, leads, test, tokenOf, words } from './harness.mjs';

async function fill(page, account, password = account.password) {
    await page.getByLabel('User name').fill(account.username);
    await page.getByLabel('Password').fill(password);
    const posted = page.waitForResponse((one) => one.request().method() === 'POST');
    await leads(page, () => page.getByRole('button', { name: 'Sign in' }).click());
    return posted;
}

async function attempt(t, username, password) {
    const first = await t.ask(null, 'GET', '/sign-in');
    const cookie = cookieOf(first);
    return { cookie, answer: await t.ask(null, 'POST', '/sign-in',
        { cookie, form: { csrf_token: tokenOf(first.text), username, password } }) };
}

test('whoever opens a page without having signed in comes to it after signing in', async (t) => {
    const page = await t.page(null);
    await page.goto('/account');
    assert.equal(new URL(page.url()).pathname, '/sign-in');
    await t.shot(page, 'sign-in');
    await fill(page, t.account('head'));
    assert.equal(new URL(page.url()).pathname, '/account');
});

test('signing in needs no mouse', async (t) => {
    const account = t.account('teacher');
    const page = await t.page(null);
    await page.goto('/sign-in');
    for (let i = 0; i < 8 && !await page.evaluate(() => document.activeElement.name === 'username'); i++)
        await page.keyboard.press('Tab');
    await page.keyboard.type(account.username);
    await page.keyboard.press('Tab');
    await page.keyboard.type(account.password);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/');
    await page.getByRole('button', { name: 'Sign out' }).waitFor({ state: 'attached' });
});

test('a wrong password brings the form back with the name in it and the password not', async (t) => {
    const account = t.account('slt');
    const page = await t.page(null);
    await page.goto('/sign-in');
    const response = await fill(page, account, 'not the password at all');
    assert.equal(response.status(), 422);
    assert.match(await page.title(), /^Error: /);
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    assert.equal(await page.getByLabel('User name').inputValue(), account.username);
    assert.equal(await page.getByLabel('Password').inputValue(), '');
    await page.locator('.problems a').first().click();
    assert.equal(await page.evaluate(() => document.activeElement.name), 'username');
    await t.axe(page, 'sign-in, refused');
});

test('an unknown name and a wrong password have the same answer', async (t) => {
    const wrong = (await attempt(t, t.account('governor').username, 'quite another one')).answer;
    const unknown = (await attempt(t, 'nobody.here', 'quite another one')).answer;
    assert.equal(wrong.status, 422);
    assert.equal(unknown.status, 422);
    const bare = (answer) => words(answer.text).replace(/governor\S*|nobody\.here/g, '');
    assert.equal(bare(wrong), bare(unknown));
});

test('the cookie is kept from scripts and other sites and is new after signing in', async (t) => {
    const account = t.account('head_of_year');
    const { cookie, answer } = await attempt(t, account.username, account.password);
    assert.equal(answer.status, 303);
    const line = answer.headers['set-cookie'].find((one) => one.startsWith('attain='));
    assert.match(line, /; *HttpOnly/i);
    assert.match(line, /; *SameSite=Lax/i);
    assert.match(line, /; *Path=\//i);
    assert.doesNotMatch(line, /; *Domain=/i);
    assert.ok(cookieOf(answer).length >= 22, 'at least 128 bits');
    assert.notEqual(cookieOf(answer), cookie);
    const before = await t.ask(null, 'GET', '/account', { cookie });
    assert.equal(before.status, 303, 'the value from before stays nobody');
});

test('after signing out the old cookie and the Back button show nothing', async (t) => {
    const account = t.account('form_tutor');
    const page = await t.page(null);
    await page.goto('/sign-in');
    await fill(page, account);
    const [cookie] = await page.context().cookies();
    await t.go(page, '/account');
    await page.getByRole('button', { name: 'Sign out' }).click();
    await page.waitForURL('**/sign-in*');
    const again = await t.ask(null, 'GET', '/account', { cookie: cookie.value });
    assert.equal(again.status, 303);
    await page.goBack();
    await page.waitForURL('**/sign-in*');
});

test('guessing at one account is slowed down and another person can still sign in', async (t) => {
    const victim = t.teacher();
    const statuses = [];
    for (let i = 0; i < 8; i++)
        statuses.push((await attempt(t, victim.username, `guess number ${i}`)).answer);
    assert.equal(statuses.at(-1).status, 429);
    assert.match(statuses.at(-1).headers['retry-after'] ?? '', /^[1-9]\d*$/);
    const other = t.teacher();
    assert.equal((await attempt(t, other.username, other.password)).answer.status, 303);
});

test('the way back after signing in never leads to another site', async (t) => {
    const account = t.account('senco');
    for (const target of ['//example.org/', 'https://example.org/', '/\\example.org', '/%0d%0aX: y',
        'javascript:alert(1)', '\t//example.org']) {
        const first = await t.ask(null, 'GET', `/sign-in?return_to=${encodeURIComponent(target)}`);
        const done = await t.ask(null, 'POST', '/sign-in', { cookie: cookieOf(first),
            form: { csrf_token: tokenOf(first.text), username: account.username,
                password: account.password, return_to: target } });
        assert.equal(done.status, 303, target);
        assert.equal(new URL(done.headers.location, t.school.url).origin, t.school.url, target);
        assert.equal(done.headers.x, undefined, target);
    }
});

test('a new password ends the sessions elsewhere and keeps this one', async (t) => {
    const account = t.teacher();
    const elsewhere = await t.page(account);
    const { answer } = await attempt(t, account.username, account.password);
    const page = await t.page(null);
    await page.context().addCookies([{ name: 'attain', url: t.school.url, value: cookieOf(answer) }]);
    await t.go(page, '/account');
    const next = 'walnut saddle ninety bridges';
    await page.getByLabel('Password now').fill(account.password);
    await page.getByLabel('New password', { exact: true }).fill(next);
    await page.getByLabel('The new password once more').fill(next);
    await leads(page, () => page.getByRole('button', { name: 'Change password' }).click());
    await t.go(page, '/account');
    assert.equal(new URL(page.url()).pathname, '/account');
    await elsewhere.goto('/account');
    assert.equal(new URL(elsewhere.url()).pathname, '/sign-in');
    assert.equal((await attempt(t, account.username, account.password)).answer.status, 422);
    assert.equal((await attempt(t, account.username, next)).answer.status, 303);
});

test('a password that is easily guessed is refused in words', async (t) => {
    const account = t.teacher();
    const page = await t.page(account);
    await t.go(page, '/account');
    await page.getByLabel('Password now').fill(account.password);
    await page.getByLabel('New password', { exact: true }).fill('password1234');
    await page.getByLabel('The new password once more').fill('password1234');
    const [response] = await Promise.all([
        page.waitForResponse((one) => one.request().method() === 'POST'),
        page.getByRole('button', { name: 'Change password' }).click()]);
    assert.equal(response.status(), 422);
    await page.getByRole('heading', { name: 'There is a problem' }).waitFor();
    assert.equal(await page.getByLabel('New password', { exact: true }).inputValue(), '');
    await t.axe(page, 'account, refused');
});

test('every signed-in answer carries the headers that trust asks for', async (t) => {
    const account = t.account('head');
    for (const target of ['/', '/account', '/no/such/page']) {
        const { headers } = await t.ask(account, 'GET', target);
        const policy = headers['content-security-policy'] ?? '';
        for (const part of ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'",
            "form-action 'self'"])
            assert.ok(policy.includes(part), `${target}: ${part} in ${policy}`);
        assert.doesNotMatch(policy, /unsafe-|https?:|\*/, target);
        assert.equal(headers['x-content-type-options'], 'nosniff', target);
        assert.match(headers['referrer-policy'] ?? '', /^(no-referrer|same-origin)$/, target);
        assert.match(headers['cache-control'] ?? '', /no-store/, target);
        assert.match(headers['content-type'] ?? '', /charset=utf-8/i, target);
        for (const none of ['access-control-allow-origin', 'server', 'x-powered-by'])
            assert.equal(headers[none], undefined, `${target}: ${none}`);
    }
});

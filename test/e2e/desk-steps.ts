import type { BrowserContext, Page } from 'playwright-core';

/* What a person does at the desk, by the words on screen. */

export async function enrol(page: Page, url: string, code: string, name: string): Promise<void> {
  await page.goto(`${url}/?codigo=${code}`);
  await page.getByLabel('Nombre del terminal').fill(name);
  await page.getByRole('button', { name: 'Inscribir' }).click();
  await page.getByLabel('Usuario').waitFor();
}

export async function login(page: Page, userName: string, password: string): Promise<void> {
  await page.getByLabel('Usuario').fill(userName);
  await page.getByLabel('Contraseña').fill(password);
  await page.getByRole('button', { name: 'Entrar' }).click();
}

/** By the menu of the one whose name it is; nothing is pending. */
export async function logout(page: Page, who: RegExp): Promise<void> {
  await page.getByRole('button', { name: who }).click();
  await page.getByRole('menuitem', { name: 'Cerrar sesión' }).click();
  await page.getByLabel('Usuario').waitFor();
}

export const LOGIN_DIALOGS = [
  'Sincronización de clientes',
  'Sincronización de productos',
  'Sincronización de usuarios',
];

/** The three dialogs of a login, each waited for and accepted. Returns what each said. */
export async function acceptLoginSyncs(page: Page): Promise<string[]> {
  const said: string[] = [];
  for (const title of LOGIN_DIALOGS) {
    const dialog = page.getByRole('dialog', { name: title });
    await dialog.waitFor();
    await dialog.getByRole('button', { name: 'Aceptar' }).click();
    said.push(title);
  }
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  return said;
}

export async function openShift(page: Page): Promise<void> {
  await page.getByLabel('Efectivo inicial').fill('10000');
  await page.getByRole('button', { name: 'Abrir caja' }).click();
  await page.getByLabel('Efectivo inicial').waitFor({ state: 'detached' });
}

const scanField = (page: Page) =>
  page.getByRole('combobox', { name: 'Código, código de barras o palabras' });

/** What a scanner does: the code, and Enter. The field is empty when the line is there. */
export async function scan(page: Page, code: string): Promise<void> {
  await scanField(page).focus();
  await page.keyboard.type(code);
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => {
    const field = document.querySelector<HTMLInputElement>('input[role="combobox"]');
    return field?.value === '';
  });
}

/**
 * A sale with the keyboard alone: codes with Enter, F10, Enter. Returns its consecutive; `onIssued` hears of it as soon as
 * it stands on screen.
 */
export async function sell(
  page: Page,
  codes: readonly string[],
  onIssued?: (consecutive: string) => Promise<void>,
): Promise<string> {
  for (const code of codes) await scan(page, code);
  /* The button says when charging is possible: F10 does nothing before. */
  await page.locator('button:enabled', { hasText: 'Cobrar (F10)' }).waitFor();
  await page.keyboard.press('F10');
  const pay = page.getByRole('dialog', { name: /^Cobrar/ });
  await pay.waitFor();
  await page.keyboard.press('Enter');
  const issued = page.getByRole('dialog', { name: 'Documento emitido' });
  await issued.waitFor();
  const consecutive = (await issued.getByTestId('consecutive').textContent()) ?? '';
  await onIssued?.(consecutive);
  await issued.getByRole('button', { name: 'Nueva venta' }).click();
  await issued.waitFor({ state: 'detached' });
  return consecutive;
}

/** Facturar > Contingencias > ... by its labels. */
export async function contingencies(page: Page, ...labels: string[]): Promise<void> {
  await page.getByRole('button', { name: 'Facturar' }).click();
  for (const label of ['Contingencias', ...labels]) {
    await page.getByRole('menuitem', { name: label }).last().click();
  }
}

export async function singleSync(page: Page, kind: 'Productos' | 'Clientes'): Promise<void> {
  await contingencies(page, 'Sincronizar datos locales', kind);
  await page.getByText(`¿Desea sincronizar los ${kind.toLowerCase()} locales?`).waitFor();
  await page.getByRole('button', { name: 'Sí' }).click();
  await page.getByText('Sincronización completada').waitFor();
  await page.getByRole('button', { name: 'Aceptar' }).click();
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

export async function openSyncAll(page: Page): Promise<void> {
  await contingencies(page, 'Sincronizar Servidor (Todo)');
  await page.getByRole('button', { name: 'Sí' }).click();
  await page.getByRole('dialog', { name: 'Sincronizar Servidor (Todo)' }).waitFor();
}

/** One stage: what was pending, "Sincronizar", and "Continuar". */
export async function runStage(page: Page): Promise<string> {
  const window = page.getByRole('dialog', { name: 'Sincronizar Servidor (Todo)' });
  const pending = (await window.getByTestId('stage-pending').textContent()) ?? '';
  await window.getByRole('button', { name: 'Sincronizar', exact: true }).click();
  await window.getByText('Sincronización completada').waitFor();
  await window.getByRole('button', { name: 'Continuar' }).click();
  return pending;
}

/** Opens a product from the list and changes fields by their labels. */
export async function editProduct(
  page: Page,
  url: string,
  code: string,
  fields: Readonly<Record<string, string>>,
): Promise<void> {
  await page.goto(`${url}/productos`);
  await page.getByLabel('Buscar').fill(code);
  await page.getByRole('row').filter({ hasText: code }).click();
  const dialog = page.getByRole('dialog', { name: 'Producto' });
  for (const [label, value] of Object.entries(fields)) await dialog.getByLabel(label).fill(value);
  await dialog.getByRole('button', { name: 'Guardar' }).click();
  await dialog.waitFor({ state: 'detached' });
}

/** Keeps every request to an address waiting until what is returned is called: a run is then caught in the middle. */
export async function holdRequests(
  context: BrowserContext,
  address: string,
): Promise<() => Promise<void>> {
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  await context.route(address, async (route) => {
    await held;
    /* The page may have been reloaded meanwhile: then nobody waits for the answer. */
    await route.continue().catch(() => undefined);
  });
  return async () => {
    release();
    await context.unrouteAll({ behavior: 'wait' });
  };
}

import { useWords } from '../i18n/use-words';
import { useDesk, useSelected, useSubject } from '../services/use-desk';
import { SyncAllWizard } from '../sync-wizard/SyncAllWizard';
import { ConfirmDialog } from './ConfirmDialog';
import { LogoutGuard } from './LogoutGuard';
import { PasswordDialog } from './PasswordDialog';
import { RunDialog } from './RunDialog';

const LOGIN_TITLES = ['sync.loginClients', 'sync.loginProducts', 'sync.loginUsers'] as const;
const UNIT_TITLES = { clients: 'sync.loginClients', products: 'sync.loginProducts' } as const;
const QUESTIONS = { clients: 'sync.confirmClients', products: 'sync.confirmProducts' } as const;

/** The one syncing dialog that is open, drawn from the flow's plain data. */
export function FlowDialogs() {
  const { sync } = useDesk();
  const flow = useSubject(sync.flow$);
  const needsPassword = useSelected(sync.run$, (run) => run.phase === 'needs-password');
  const { t } = useWords();
  const dialog = (() => {
    switch (flow.kind) {
      case 'none':
        return null;
      case 'login':
        return (
          <RunDialog
            key={flow.step}
            title={t(LOGIN_TITLES[flow.step] ?? 'sync.loginUsers')}
            result={flow.result}
            closable={false}
          />
        );
      case 'single':
        return <RunDialog title={t(UNIT_TITLES[flow.unit])} result={flow.result} closable />;
      case 'confirmSingle':
      case 'confirmAll':
        return (
          <ConfirmDialog
            question={flow.kind === 'confirmAll' ? t('sync.confirmAll') : t(QUESTIONS[flow.unit])}
            onYes={() => sync.send({ type: 'accept' })}
            onNo={() => sync.send({ type: 'dismiss' })}
          />
        );
      case 'all':
        return <SyncAllWizard flow={flow} />;
      case 'logoutGuard':
        return <LogoutGuard />;
    }
  })();
  return (
    <>
      {dialog}
      {needsPassword && (
        <PasswordDialog
          help={t('sync.passwordHelp')}
          onPassword={(password) => sync.reauthenticate(password)}
          onCancel={() => sync.cancel()}
        />
      )}
    </>
  );
}

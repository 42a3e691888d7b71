import { createBrowserRouter, Navigate } from 'react-router';
import { loadWords } from '@/locales';
import { Crashed } from './Crashed';
import { Quiet } from './Quiet';
import { Shell } from './Shell';

/** One chunk per screen. Inside the shell a session is needed; outside it none. */
export const router = createBrowserRouter([
  {
    element: <Quiet />,
    errorElement: <Crashed />,
    hydrateFallbackElement: <span />,
    children: [
      {
        path: '/login',
        lazy: async () => ({ Component: (await import('@/features/people/LoginPage')).LoginPage }),
      },
      {
        path: '/setup',
        lazy: async () => ({ Component: (await import('@/features/people/SetupPage')).SetupPage }),
      },
      {
        path: '/invite/:token',
        lazy: async () => ({ Component: (await import('@/features/people/InvitePage')).InvitePage }),
      },
      {
        path: '/reset/:token',
        lazy: async () => ({ Component: (await import('@/features/people/ResetPage')).ResetPage }),
      },
    ],
  },
  {
    element: <Shell />,
    errorElement: <Crashed />,
    hydrateFallbackElement: <span />,
    // A screen that fails leaves the navigation around it.
    children: [
      {
        errorElement: <Crashed />,
        children: [
          { path: '/', element: <Navigate to="/today" replace /> },
          {
            path: '/today',
            lazy: async () => ({ Component: (await import('@/features/desk/TodayPage')).TodayPage }),
          },
          {
            path: '/agenda',
            lazy: async () => ({ Component: (await import('@/features/agenda/AgendaPage')).AgendaPage }),
          },
          {
            path: '/customers',
            lazy: async () => ({ Component: (await import('@/features/customers/list/ListPage')).ListPage }),
          },
          {
            path: '/bin',
            lazy: async () => ({ Component: (await import('@/features/customers/batch/BinPage')).BinPage }),
          },
          {
            path: '/customers/:id',
            lazy: async () => {
              const [page] = await Promise.all([
                import('@/features/customers/page/CustomerPage'),
                loadWords('complaints'),
                loadWords('surveys'),
              ]);
              return { Component: page.CustomerPage };
            },
          },
          {
            path: '/customers/:id/log',
            lazy: async () => ({ Component: (await import('@/features/followups/LogPage')).LogPage }),
          },
          {
            path: '/followups',
            lazy: async () => ({
              Component: (await import('@/features/followups/list/RecordsPage')).RecordsPage,
            }),
          },
          {
            path: '/followups/:id',
            lazy: async () => ({
              Component: (await import('@/features/followups/record/RecordPage')).RecordPage,
            }),
          },
          {
            path: '/import',
            lazy: async () => ({
              Component: (await import('@/features/exchange/ImportStartPage')).ImportStartPage,
            }),
          },
          {
            path: '/import/:id',
            lazy: async () => ({ Component: (await import('@/features/exchange/ImportPage')).ImportPage }),
          },
          {
            path: '/reviews',
            lazy: async () => ({ Component: (await import('@/features/approvals/ReviewPage')).ReviewPage }),
          },
          {
            path: '/reviews/mend/:id',
            lazy: async () => ({ Component: (await import('@/features/approvals/MendPage')).MendPage }),
          },
          {
            path: '/assign',
            lazy: async () => ({ Component: (await import('@/features/ownership/AssignPage')).AssignPage }),
          },
          {
            path: '/requests',
            lazy: async () => ({
              Component: (await import('@/features/requests/RequestsPage')).RequestsPage,
            }),
          },
          {
            path: '/deals',
            lazy: async () => {
              const [page] = await Promise.all([import('@/features/deals/DealsPage'), loadWords('deals')]);
              return { Component: page.DealsPage };
            },
          },
          {
            path: '/deals/:id',
            lazy: async () => {
              const [page] = await Promise.all([import('@/features/deals/DealPage'), loadWords('deals')]);
              return { Component: page.DealPage };
            },
          },
          {
            path: '/products',
            lazy: async () => {
              const [page] = await Promise.all([import('@/features/deals/ProductsPage'), loadWords('deals')]);
              return { Component: page.ProductsPage };
            },
          },
          {
            path: '/pool',
            lazy: async () => {
              const [page] = await Promise.all([import('@/features/pools/PoolPage'), loadWords('pools')]);
              return { Component: page.PoolPage };
            },
          },
          {
            path: '/contracts',
            lazy: async () => {
              const [page] = await Promise.all([
                import('@/features/contracts/ContractsPage'),
                loadWords('contracts'),
              ]);
              return { Component: page.ContractsPage };
            },
          },
          {
            path: '/contracts/:id',
            lazy: async () => {
              const [page] = await Promise.all([
                import('@/features/contracts/ContractPage'),
                loadWords('contracts'),
              ]);
              return { Component: page.ContractPage };
            },
          },
          {
            path: '/deliveries/:id',
            lazy: async () => {
              const [page] = await Promise.all([
                import('@/features/contracts/DeliveryPage'),
                loadWords('contracts'),
              ]);
              return { Component: page.DeliveryPage };
            },
          },
          {
            path: '/care',
            lazy: async () => {
              const [page] = await Promise.all([import('@/features/care/CarePage'), loadWords('care')]);
              return { Component: page.CarePage };
            },
          },
          {
            path: '/care/plans',
            lazy: async () => {
              const [page] = await Promise.all([import('@/features/care/PlansPage'), loadWords('care')]);
              return { Component: page.PlansPage };
            },
          },
          {
            path: '/handovers',
            lazy: async () => {
              const [page] = await Promise.all([
                import('@/features/handovers/HandoversPage'),
                loadWords('handovers'),
              ]);
              return { Component: page.HandoversPage };
            },
          },
          {
            path: '/handovers/:id',
            lazy: async () => {
              const [page] = await Promise.all([
                import('@/features/handovers/HandoverPage'),
                loadWords('handovers'),
              ]);
              return { Component: page.HandoverPage };
            },
          },
          {
            path: '/satisfaction',
            lazy: async () => {
              const [page] = await Promise.all([
                import('@/features/surveys/SatisfactionPage'),
                loadWords('surveys'),
              ]);
              return { Component: page.SatisfactionPage };
            },
          },
          {
            path: '/complaints',
            lazy: async () => {
              const [page] = await Promise.all([
                import('@/features/complaints/ComplaintsPage'),
                loadWords('complaints'),
              ]);
              return { Component: page.ComplaintsPage };
            },
          },
          {
            path: '/team',
            lazy: async () => ({ Component: (await import('@/features/insights/TeamPage')).TeamPage }),
          },
          {
            path: '/meeting',
            lazy: async () => {
              const [page] = await Promise.all([
                import('@/features/desk/meeting/MeetingPage'),
                loadWords('meeting'),
              ]);
              return { Component: page.MeetingPage };
            },
          },
          {
            path: '/exceptions',
            lazy: async () => {
              const [page] = await Promise.all([
                import('@/features/exceptions/ExceptionsPage'),
                loadWords('exceptions'),
              ]);
              return { Component: page.ExceptionsPage };
            },
          },
          {
            path: '/team/targets',
            lazy: async () => ({ Component: (await import('@/features/insights/SetPage')).SetPage }),
          },
          {
            path: '/records',
            lazy: async () => ({ Component: (await import('@/features/records/TypesPage')).TypesPage }),
          },
          {
            path: '/records/:type',
            lazy: async () => ({
              Component: (await import('@/features/records/RecordsPage')).RecordsPage,
            }),
          },
          {
            path: '/records/:type/:id',
            lazy: async () => ({ Component: (await import('@/features/records/RecordPage')).RecordPage }),
          },
          {
            path: '/manage/forms/:type',
            lazy: async () => {
              const [page] = await Promise.all([
                import('@/features/forms/DesignerPage'),
                loadWords('designer'),
                loadWords('forms'),
              ]);
              return { Component: page.DesignerPage };
            },
          },
          ...(
            [
              [
                'automations',
                '',
                async () => (await import('@/features/automations/AutomationsTab')).AutomationsTab,
              ],
              [
                'automations',
                '/:id',
                async () => (await import('@/features/automations/EditorPage')).EditorPage,
              ],
              ['playbooks', '', async () => (await import('@/features/playbook/PlaybooksTab')).PlaybooksTab],
              ['flows', '', async () => (await import('@/features/flows/FlowsTab')).FlowsTab],
              ['standard', '', async () => (await import('@/features/quality/StandardTab')).StandardTab],
              ['packs', '', async () => (await import('@/features/packs/PacksTab')).PacksTab],
              ['ladders', '', async () => (await import('@/features/ladders/LaddersTab')).LaddersTab],
              ['pools', '', async () => (await import('@/features/pools/RulesTab')).RulesTab],
            ] as const
          ).map(([part, more, load]) => ({
            path: `/manage/${part}${more}`,
            lazy: async () => {
              const [{ TeamFrame }, Tab] = await Promise.all([
                import('@/features/people/team/TeamPage'),
                load(),
                loadWords(part === 'playbooks' ? 'playbook' : part),
              ]);
              return {
                element: (
                  <TeamFrame part={part}>
                    <Tab />
                  </TeamFrame>
                ),
              };
            },
          })),
          {
            path: '/manage/playbooks/:key',
            lazy: async () => {
              const [page] = await Promise.all([
                import('@/features/playbook/DesignerPage'),
                loadWords('designer'),
                loadWords('playbook'),
              ]);
              return { Component: page.DesignerPage };
            },
          },
          {
            path: '/manage/packs/changes',
            lazy: async () => {
              const [page] = await Promise.all([import('@/features/packs/ChangedPage'), loadWords('packs')]);
              return { Component: page.ChangedPage };
            },
          },
          {
            path: '/manage/packs/:pack',
            lazy: async () => {
              const [page] = await Promise.all([import('@/features/packs/PreviewPage'), loadWords('packs')]);
              return { Component: page.PreviewPage };
            },
          },
          ...['/manage/:part?', '/manage/:part/:id'].map((path) => ({
            path,
            lazy: async () => ({ Component: (await import('@/features/people/team/TeamPage')).TeamPage }),
          })),
          {
            path: '/help',
            lazy: async () => ({ Component: (await import('@/features/help/HelpPage')).HelpPage }),
          },
          {
            path: '/me',
            lazy: async () => ({ Component: (await import('@/features/people/MePage')).MePage }),
          },
          { path: '*', lazy: async () => ({ Component: (await import('./Missing')).Missing }) },
        ],
      },
    ],
  },
]);

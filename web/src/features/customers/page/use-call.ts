import { noteCall } from '@/api/followups';
import { useOpenLog } from '@/app/log';
import { plantSeed } from '@/lib/seed';

/** After a tap on a phone number the log form waits behind the call, person and channel filled in. */
export function useCall(customerId: number): (contactId: number | null, name?: string) => void {
  const openLog = useOpenLog();
  return (contactId, name) => {
    noteCall(customerId, name ?? null);
    plantSeed(customerId, contactId === null ? {} : { contactId });
    openLog({ customerId, channel: 'phone', contactAt: new Date().toISOString() });
  };
}

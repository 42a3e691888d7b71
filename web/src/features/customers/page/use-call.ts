import { useOpenLog } from '@/app/log';
import { plantSeed } from '@/lib/seed';

/** After a tap on a phone number the log form waits behind the call, person and channel filled in. */
export function useCall(customerId: number): (contactId: number | null) => void {
  const openLog = useOpenLog();
  return (contactId) => {
    plantSeed(customerId, contactId === null ? {} : { contactId });
    openLog({ customerId, channel: 'phone', contactAt: new Date().toISOString() });
  };
}

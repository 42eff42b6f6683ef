import { answerAuth } from '@/lib/auth/next-auth';
import { foreignRoute } from '@/lib/http/route';

export const GET = foreignRoute(answerAuth);
export const POST = foreignRoute(answerAuth);

/** What every page does: partial updates, focus after them, progress of jobs, forms that survive an expired session. */
import { keepFocus } from "./page/focus.ts";
import { startHtmx } from "./page/hypertext.ts";
import { keepForms } from "./page/keep.ts";
import { watchProgress } from "./page/progress.ts";
import { tellTrouble } from "./page/trouble.ts";

startHtmx();
keepFocus();
keepForms();
watchProgress();
tellTrouble();

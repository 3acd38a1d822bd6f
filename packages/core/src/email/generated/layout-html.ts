// Generated from ../layout.mjml by scripts/build-layouts.mjs. Do not edit.
import { escapeHtml } from "../escape-html.ts";
import type { LayoutFacts } from "../layout-facts.ts";

/** The HTML part of a survey mail. Escapes every fact that is not HTML by its name. */
export function layoutHtml(it: LayoutFacts): string {
  let html = "";
html+='<!doctype html><html lang="'
+escapeHtml(it.lang)
+'" dir="'
+escapeHtml(it.dir)
+'" xmlns="http://www.w3.org/1999/xhtml" xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"><head><title>'
+escapeHtml(it.subject)
+'</title><!--[if !mso]><!--><meta http-equiv="X-UA-Compatible" content="IE=edge"><!--<![endif]--><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"><meta name="viewport" content="width=device-width, initial-scale=1"><style type="text/css">#outlook a{padding:0;}body{margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%;}table,td{border-collapse:collapse;mso-table-lspace:0pt;mso-table-rspace:0pt;}img{border:0;height:auto;line-height:100%;outline:none;text-decoration:none;-ms-interpolation-mode:bicubic;}p{display:block;margin:13px 0;}</style><!--[if mso]><noscript><xml><o:OfficeDocumentSettings><o:AllowPNG/><o:PixelsPerInch>96</o:PixelsPerInch></o:OfficeDocumentSettings></xml></noscript><![endif]--><!--[if lte mso 11]><style type="text/css">.mj-outlook-group-fix{width:100% !important;}</style><![endif]--><style type="text/css">@media only screen and (min-width:480px){.mj-column-per-100{width:100% !important;max-width:100%;}}</style><style media="screen and (min-width:480px)">.moz-text-html .mj-column-per-100{width:100% !important;max-width:100%;}</style><style type="text/css">:root{color-scheme:light dark;supported-color-schemes:light dark;}@media (max-width:479px){.edge>table>tbody>tr>td{padding:8px !important;}.card>table>tbody>tr>td{padding:20px 16px 24px !important;}.foot>table>tbody>tr>td{padding:16px 17px 8px !important;}}@media (prefers-color-scheme:dark){body,.ground,.ground>div{background:#121417 !important;}.card,.card>table{background:#1c1f24 !important;}.card>table>tbody>tr>td{border-color:#383d45 !important;}.ink div,.ink td{color:#eceef1 !important;}.muted,.muted div,.muted td,.muted a{color:#a6adb8 !important;}.n1,.n1 a{background:#f59e52 !important;color:#1b1e23 !important;}.n2,.n2 a{background:#8a5c33 !important;color:#ffffff !important;}.n3,.n3 a{background:#565e69 !important;color:#ffffff !important;}.n4,.n4 a{background:#3c6796 !important;color:#ffffff !important;}.n5,.n5 a{background:#74b3ff !important;color:#1b1e23 !important;}}</style><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><meta name="x-apple-disable-message-reformatting"><meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no"><!--[if mso]><style>table,td,div,p,a{font-family:\'Segoe UI\',Arial,sans-serif !important}</style><![endif]--></head><body  class="ground" style="word-spacing:normal;background-color:#f3f4f6;"><div style="display:none;font-size:1px;color:#ffffff;line-height:1px;max-height:0px;max-width:0px;opacity:0;overflow:hidden;">'
+escapeHtml(it.preheader)
+'</div><div aria-label="'
+escapeHtml(it.subject)
+'" aria-roledescription="email" role="article" lang="'
+escapeHtml(it.lang)
+'" dir="'
+escapeHtml(it.dir)
+'" style="word-spacing:normal;background-color:#f3f4f6;" ><!--[if mso | IE]><table align="center" border="0" cellpadding="0" cellspacing="0" class="edge-outlook" role="presentation" style="width:560px;" width="560" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]--><div  class="edge" style="margin:0px auto;max-width:560px;"><table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;" ><tbody><tr><td style="direction:'
+escapeHtml(it.dir)
+';font-size:0px;padding:24px 0;text-align:center;" ><!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="card-outlook" width="560px" ><table align="center" border="0" cellpadding="0" cellspacing="0" class="card-outlook" role="presentation" style="width:560px;" width="560" bgcolor="#ffffff" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]--><div  class="card" style="background:#ffffff;background-color:#ffffff;margin:0px auto;max-width:560px;border-radius:8px;overflow:hidden;"><table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="background:#ffffff;background-color:#ffffff;width:100%;border-collapse:separate;" ><tbody><tr><td style="border:1px solid #d5d9df;border-radius:8px;direction:'
+escapeHtml(it.dir)
+';font-size:0px;padding:24px 32px 28px;text-align:center;" ><!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:494px;" ><![endif]--><div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:'
+escapeHtml(it.start)
+';direction:'
+escapeHtml(it.dir)
+';display:inline-block;vertical-align:top;width:100%;" ><table border="0" cellpadding="0" cellspacing="0" role="presentation" style="vertical-align:top;" width="100%" ><tbody><tr><td align="'
+escapeHtml(it.start)
+'" class="ink" style="font-size:0px;padding:0;word-break:break-word;" ><table dir="'
+escapeHtml(it.dir)
+'" cellpadding="0" cellspacing="0" role="presentation" width="100%" border="0" style="color:#1b1e23;font-family:-apple-system,BlinkMacSystemFont,\'Segoe UI\',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;table-layout:fixed;width:100%;border:none;" ><tr><td height="4" width="40" bgcolor="'
+escapeHtml(it.accentColor)
+'" style="width:40px;height:4px;font-size:0;line-height:4px;background:'
+escapeHtml(it.accentColor)
+';border-radius:2px">&#8202;</td><td height="4" style="font-size:0;line-height:4px">&#8202;</td></tr></table></td></tr><tr><td align="'
+escapeHtml(it.start)
+'" class="ink" style="font-size:0px;padding:16px 0 24px;word-break:break-word;" ><table dir="'
+escapeHtml(it.dir)
+'" cellpadding="0" cellspacing="0" role="presentation" width="100%" border="0" style="color:#1b1e23;font-family:-apple-system,BlinkMacSystemFont,\'Segoe UI\',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;table-layout:auto;width:100%;border:none;" ><tr>';
if (it.logo !== null) {
html+='<td width="1"><img src="'
+escapeHtml(it.logo)
+'" alt="" height="32" style="display:block;height:32px;width:auto;max-width:160px"></td><td width="12" style="width:12px;font-size:0">&#8202;</td>';
}
html+='<td align="'
+escapeHtml(it.start)
+'" dir="auto" style="font-size:20px;line-height:28px;font-weight:600;word-break:break-word">'
+escapeHtml(it.workspaceName)
+'</td></tr></table></td></tr><tr><td align="'
+escapeHtml(it.start)
+'" class="ink" style="font-size:0px;padding:0 0 12px;word-break:break-word;" ><div style="font-family:-apple-system,BlinkMacSystemFont,\'Segoe UI\',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;text-align:'
+escapeHtml(it.start)
+';color:#1b1e23;" >'
+it.introHtml
+'</div></td></tr><tr><td align="'
+escapeHtml(it.start)
+'" style="font-size:0px;padding:0;word-break:break-word;" ><table dir="'
+escapeHtml(it.dir)
+'" cellpadding="0" cellspacing="0" role="presentation" width="100%" border="0" style="color:#1b1e23;font-family:-apple-system,BlinkMacSystemFont,\'Segoe UI\',Roboto,Helvetica,Arial,sans-serif;font-size:16px;line-height:24px;table-layout:fixed;width:100%;border:none;" ><tr>';
for (const button of it.buttons) {
if (button.number !== "1") {
html+='<td width="8" style="width:8px;font-size:0">&#8202;</td>';
}
html+='<td class="n n'
+escapeHtml(button.number)
+'" height="44" align="center" bgcolor="'
+escapeHtml(button.color)
+'" style="height:44px;background:'
+escapeHtml(button.color)
+';border-radius:8px"><a href="'
+escapeHtml(button.url)
+'" aria-label="'
+escapeHtml(button.label)
+'" style="display:block;padding:10px 0;font-size:20px;line-height:24px;font-weight:600;color:'
+escapeHtml(button.ink)
+';text-decoration:none;border-radius:8px;font-variant-numeric:tabular-nums"><!--[if mso]>&#8195;&#8195;<![endif]-->'
+escapeHtml(button.number)
+'<!--[if mso]>&#8195;&#8195;<![endif]--></a></td>';
}
html+='</tr></table></td></tr><tr><td align="'
+escapeHtml(it.start)
+'" class="muted" style="font-size:0px;padding:8px 0 0;word-break:break-word;" ><table dir="'
+escapeHtml(it.dir)
+'" cellpadding="0" cellspacing="0" role="presentation" width="100%" border="0" style="color:#5c636e;font-family:-apple-system,BlinkMacSystemFont,\'Segoe UI\',Roboto,Helvetica,Arial,sans-serif;font-size:14px;line-height:20px;table-layout:auto;width:100%;border:none;" ><tr lang="'
+escapeHtml(it.textsLang)
+'"><td align="'
+escapeHtml(it.start)
+'" width="50%" valign="top">'
+escapeHtml(it.lowestName)
+'</td><td width="8" style="width:8px;font-size:0">&#8202;</td><td align="'
+escapeHtml(it.end)
+'" width="50%" valign="top">'
+escapeHtml(it.highestName)
+'</td></tr></table></td></tr><tr><td align="'
+escapeHtml(it.start)
+'" class="muted" style="font-size:0px;padding:20px 0 0;word-break:break-word;" ><div style="font-family:-apple-system,BlinkMacSystemFont,\'Segoe UI\',Roboto,Helvetica,Arial,sans-serif;font-size:14px;line-height:20px;text-align:'
+escapeHtml(it.start)
+';color:#5c636e;" ><span lang="'
+escapeHtml(it.textsLang)
+'" dir="'
+escapeHtml(it.textsDir)
+'">'
+escapeHtml(it.confirmHint)
+'</span></div></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table></td></tr><tr><td class="foot-outlook" width="560px" ><table align="center" border="0" cellpadding="0" cellspacing="0" class="foot-outlook" role="presentation" style="width:560px;" width="560" ><tr><td style="line-height:0px;font-size:0px;mso-line-height-rule:exactly;"><![endif]--><div  class="foot" style="margin:0px auto;max-width:560px;"><table align="center" border="0" cellpadding="0" cellspacing="0" role="presentation" style="width:100%;" ><tbody><tr><td style="direction:'
+escapeHtml(it.dir)
+';font-size:0px;padding:16px 33px 8px;text-align:center;" ><!--[if mso | IE]><table role="presentation" border="0" cellpadding="0" cellspacing="0"><tr><td class="" style="vertical-align:top;width:494px;" ><![endif]--><div class="mj-column-per-100 mj-outlook-group-fix" style="font-size:0px;text-align:'
+escapeHtml(it.start)
+';direction:'
+escapeHtml(it.dir)
+';display:inline-block;vertical-align:top;width:100%;" ><table border="0" cellpadding="0" cellspacing="0" role="presentation" style="vertical-align:top;" width="100%" ><tbody><tr><td align="'
+escapeHtml(it.start)
+'" class="muted" style="font-size:0px;padding:0;word-break:break-word;" ><div style="font-family:-apple-system,BlinkMacSystemFont,\'Segoe UI\',Roboto,Helvetica,Arial,sans-serif;font-size:12px;line-height:18px;text-align:'
+escapeHtml(it.start)
+';color:#5c636e;" ><span lang="'
+escapeHtml(it.textsLang)
+'" dir="'
+escapeHtml(it.textsDir)
+'">'
+it.footerHtml
+'</span></div></td></tr><tr><td align="'
+escapeHtml(it.start)
+'" class="muted" style="font-size:0px;padding:4px 0 0;word-break:break-word;" ><div style="font-family:-apple-system,BlinkMacSystemFont,\'Segoe UI\',Roboto,Helvetica,Arial,sans-serif;font-size:12px;line-height:18px;text-align:'
+escapeHtml(it.start)
+';color:#5c636e;" ><a href="'
+escapeHtml(it.optOutUrl)
+'" lang="'
+escapeHtml(it.textsLang)
+'" dir="'
+escapeHtml(it.textsDir)
+'" style="display:inline-block;padding:3px 0;color:#5c636e;text-decoration:underline">'
+escapeHtml(it.optOut)
+'</a></div></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table></td></tr></table><![endif]--></td></tr></tbody></table></div><!--[if mso | IE]></td></tr></table><![endif]--></div></body></html>';
  return html;
}

#ifndef LATCHKEY_CCURL_H
#define LATCHKEY_CCURL_H

#include <stdio.h>
#include <curl/curl.h>

/* libcurl brings fifteen libraries with it, which most processes never need: who reads mail by sendmail(1) or delivers
   nothing at a start. So it is loaded at the first use (curl.c), and only its types and constants come from here. */

/* Loads and initialises it, once; 0 where that fails, and then nothing else of this may be called. */
int latchkey_curl_load(void);

CURL *latchkey_curl_init(void);
void latchkey_curl_cleanup(CURL *handle);
CURLcode latchkey_curl_perform(CURL *handle);
const char *latchkey_curl_error(CURLcode code);
struct curl_slist *latchkey_curl_append(struct curl_slist *list, const char *text);
void latchkey_curl_free(struct curl_slist *list);

/* curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call: one function for each type of argument
   that is used. */

/* Numbers and switches: the option's type is CURLOPTTYPE_LONG. */
CURLcode latchkey_curl_set_long(CURL *handle, CURLoption option, long value);

/* Texts, which libcurl copies, and NULL to take one back: CURLOPTTYPE_STRINGPOINT. */
CURLcode latchkey_curl_set_text(CURL *handle, CURLoption option, const char *value);

/* Lists, which stay the caller's and must outlive the transfer: CURLOPTTYPE_SLISTPOINT. */
CURLcode latchkey_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value);

/* CURLOPT_READDATA for libcurl's own reader, which is fread(3). */
CURLcode latchkey_curl_set_input(CURL *handle, FILE *value);

/* An answer's content, which nobody reads. Without this libcurl writes it to standard output. */
CURLcode latchkey_curl_ignore_content(CURL *handle);

/* CURLINFO_RESPONSE_CODE: the last reply of an SMTP server, the status of an HTTP answer. */
long latchkey_curl_response_code(CURL *handle);

/* CURLINFO_RETRY_AFTER: seconds of an HTTP answer, 0 where it says none. */
curl_off_t latchkey_curl_retry_after(CURL *handle);

#endif

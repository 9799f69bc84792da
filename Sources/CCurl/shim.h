#ifndef LATCHKEY_CCURL_SHIM_H
#define LATCHKEY_CCURL_SHIM_H

#include <stdio.h>
#include <curl/curl.h>

/* curl_easy_setopt and curl_easy_getinfo are variadic, which Swift cannot call: one function for each type of
   argument that is used. The parentheses keep curl's type-checking macros out. */

/* Numbers and switches: the option's type is CURLOPTTYPE_LONG. */
static inline CURLcode latchkey_curl_set_long(CURL *handle, CURLoption option, long value)
{
    return (curl_easy_setopt)(handle, option, value);
}

/* Texts, which libcurl copies, and NULL to take one back: CURLOPTTYPE_STRINGPOINT. */
static inline CURLcode latchkey_curl_set_text(CURL *handle, CURLoption option, const char *value)
{
    return (curl_easy_setopt)(handle, option, value);
}

/* Lists, which stay the caller's and must outlive the transfer: CURLOPTTYPE_SLISTPOINT. */
static inline CURLcode latchkey_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value)
{
    return (curl_easy_setopt)(handle, option, value);
}

/* CURLOPT_READDATA for libcurl's own reader, which is fread(3). */
static inline CURLcode latchkey_curl_set_input(CURL *handle, FILE *value)
{
    return (curl_easy_setopt)(handle, CURLOPT_READDATA, value);
}

/* CURLINFO_RESPONSE_CODE: the last reply of an SMTP server, the status of an HTTP answer. */
static inline long latchkey_curl_response_code(CURL *handle)
{
    long code = 0;
    return (curl_easy_getinfo)(handle, CURLINFO_RESPONSE_CODE, &code) == CURLE_OK ? code : 0;
}

/* CURLINFO_RETRY_AFTER: seconds of an HTTP answer, 0 where it says none. */
static inline curl_off_t latchkey_curl_retry_after(CURL *handle)
{
    curl_off_t seconds = 0;
    return (curl_easy_getinfo)(handle, CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK ? seconds : 0;
}

/* An answer's content, which nobody reads. Without this libcurl writes it to standard output. */
static inline size_t latchkey_curl_ignore(char *content, size_t size, size_t count, void *context)
{
    (void)content;
    (void)context;
    return size * count;
}

static inline CURLcode latchkey_curl_ignore_content(CURL *handle)
{
    return (curl_easy_setopt)(handle, CURLOPT_WRITEFUNCTION, latchkey_curl_ignore);
}

/* The initialiser's flags are a macro with casts that Swift does not import. */
static inline CURLcode latchkey_curl_initialise(void)
{
    return curl_global_init(CURL_GLOBAL_DEFAULT);
}

#endif

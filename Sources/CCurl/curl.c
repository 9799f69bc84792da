#include "CCurl.h"

#include <dlfcn.h>
#include <pthread.h>

/* The name that its binary interface has had since 2006. */
static const char library[] = "libcurl.so.4";

static struct {
    __typeof__(curl_global_init) *global_init;
    __typeof__(curl_easy_init) *init;
    __typeof__(curl_easy_cleanup) *cleanup;
    __typeof__(curl_easy_perform) *perform;
    __typeof__(curl_easy_strerror) *error;
    __typeof__(curl_slist_append) *append;
    __typeof__(curl_slist_free_all) *free;
    __typeof__((curl_easy_setopt)) *setopt;
    __typeof__((curl_easy_getinfo)) *getinfo;
} curl;

static int is_loaded = 0;
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void load(void) {
    void *opened = dlopen(library, RTLD_NOW | RTLD_LOCAL);
    if (opened == NULL) return;
    curl.global_init = dlsym(opened, "curl_global_init");
    curl.init = dlsym(opened, "curl_easy_init");
    curl.cleanup = dlsym(opened, "curl_easy_cleanup");
    curl.perform = dlsym(opened, "curl_easy_perform");
    curl.error = dlsym(opened, "curl_easy_strerror");
    curl.append = dlsym(opened, "curl_slist_append");
    curl.free = dlsym(opened, "curl_slist_free_all");
    curl.setopt = dlsym(opened, "curl_easy_setopt");
    curl.getinfo = dlsym(opened, "curl_easy_getinfo");
    is_loaded = curl.global_init && curl.init && curl.cleanup && curl.perform && curl.error && curl.append && curl.free
        && curl.setopt && curl.getinfo && curl.global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
}

int latchkey_curl_load(void) {
    pthread_once(&once, load);
    return is_loaded;
}

CURL *latchkey_curl_init(void) { return curl.init(); }
void latchkey_curl_cleanup(CURL *handle) { curl.cleanup(handle); }
CURLcode latchkey_curl_perform(CURL *handle) { return curl.perform(handle); }
const char *latchkey_curl_error(CURLcode code) { return latchkey_curl_load() ? curl.error(code) : "libcurl is missing"; }
struct curl_slist *latchkey_curl_append(struct curl_slist *list, const char *text) { return curl.append(list, text); }
void latchkey_curl_free(struct curl_slist *list) { curl.free(list); }

CURLcode latchkey_curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl.setopt(handle, option, value);
}

CURLcode latchkey_curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl.setopt(handle, option, value);
}

CURLcode latchkey_curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl.setopt(handle, option, value);
}

CURLcode latchkey_curl_set_input(CURL *handle, FILE *value) { return curl.setopt(handle, CURLOPT_READDATA, value); }

static size_t ignore(char *content, size_t size, size_t count, void *context) {
    (void)content;
    (void)context;
    return size * count;
}

CURLcode latchkey_curl_ignore_content(CURL *handle) { return curl.setopt(handle, CURLOPT_WRITEFUNCTION, ignore); }

long latchkey_curl_response_code(CURL *handle) {
    long code = 0;
    return curl.getinfo(handle, CURLINFO_RESPONSE_CODE, &code) == CURLE_OK ? code : 0;
}

curl_off_t latchkey_curl_retry_after(CURL *handle) {
    curl_off_t seconds = 0;
    return curl.getinfo(handle, CURLINFO_RETRY_AFTER, &seconds) == CURLE_OK ? seconds : 0;
}

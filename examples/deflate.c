/* SPDX-License-Identifier: MIT */
/* HPACK without a connection: encodes header lists one after the other, decodes them again
 * and tells how much the dynamic table saves.
 *
 *     deflate
 *
 * The exit status is 0 when every list survived. */
#include <nghttp2/nghttp2.h>
#include <stdio.h>
#include <string.h>

#define FIELD(name, value) \
  { (uint8_t*)(name), (uint8_t*)(value), sizeof(name) - 1, sizeof(value) - 1, 0 }
/* A secret: neither end may keep it in a table. */
#define SECRET(name, value)                                                   \
  {                                                                           \
    (uint8_t*)(name), (uint8_t*)(value), sizeof(name) - 1, sizeof(value) - 1, \
        NGHTTP2_NV_FLAG_NO_INDEX                                              \
  }

static const nghttp2_nv kFirst[] = {FIELD(":method", "GET"),
                                    FIELD(":scheme", "https"),
                                    FIELD(":authority", "example.org"),
                                    FIELD(":path", "/"),
                                    FIELD("user-agent", "libnghttp2"),
                                    SECRET("authorization", "Basic QQ==")};
static const nghttp2_nv kSecond[] = {FIELD(":method", "GET"),
                                     FIELD(":scheme", "https"),
                                     FIELD(":authority", "example.org"),
                                     FIELD(":path", "/stylesheet"),
                                     FIELD("user-agent", "libnghttp2"),
                                     FIELD("referer", "https://example.org/"),
                                     SECRET("authorization", "Basic QQ==")};

static int fail(const char* what, nghttp2_ssize error) {
  fprintf(stderr, "deflate: %s: %s\n", what, nghttp2_strerror((int)error));
  return -1;
}

static size_t plain_size(const nghttp2_nv* fields, size_t count) {
  size_t i, size = 0;

  for (i = 0; i < count; ++i)
    size += fields[i].namelen + fields[i].valuelen;
  return size;
}

static int same(const nghttp2_nv* left, const nghttp2_nv* right) {
  return nghttp2_nv_compare_name(left, right) == 0 && left->valuelen == right->valuelen &&
         memcmp(left->value, right->value, left->valuelen) == 0;
}

/* Decodes a whole block; each step yields at most one field. */
static int decode(nghttp2_hd_inflater* inflater, const uint8_t* block, size_t length,
                  const nghttp2_nv* expected, size_t count) {
  size_t decoded = 0;
  int flags = 0;

  while (!(flags & NGHTTP2_HD_INFLATE_FINAL)) {
    nghttp2_nv field;
    nghttp2_ssize used = nghttp2_hd_inflate_hd3(inflater, &field, &flags, block, length, 1);
    if (used < 0) return fail("decoding", used);
    block += used;
    length -= (size_t)used;
    if (!(flags & NGHTTP2_HD_INFLATE_EMIT)) continue;
    printf("  %.*s: %.*s%s\n", (int)field.namelen, (char*)field.name, (int)field.valuelen,
           (char*)field.value, field.flags & NGHTTP2_NV_FLAG_NO_INDEX ? "  (never indexed)" : "");
    if (decoded == count || !same(&field, &expected[decoded])) {
      fprintf(stderr, "deflate: the field differs from what was encoded\n");
      return -1;
    }
    ++decoded;
  }
  nghttp2_hd_inflate_end_headers(inflater);
  return decoded == count ? 0 : -1;
}

static int round_trip(nghttp2_hd_deflater* deflater, nghttp2_hd_inflater* inflater,
                      const nghttp2_nv* fields, size_t count) {
  size_t bound = nghttp2_hd_deflate_bound(deflater, fields, count);
  uint8_t* block = malloc(bound);
  nghttp2_ssize length;
  int result;

  if (block == NULL) return fail("encoding", NGHTTP2_ERR_NOMEM);
  length = nghttp2_hd_deflate_hd2(deflater, block, bound, fields, count);
  if (length < 0) {
    free(block);
    return fail("encoding", length);
  }
  printf("%lu fields of %lu bytes in a block of %lu bytes\n", (unsigned long)count,
         (unsigned long)plain_size(fields, count), (unsigned long)length);
  result = decode(inflater, block, (size_t)length, fields, count);
  free(block);
  return result;
}

/* The entries both ends share now, newest first. */
static void print_table(nghttp2_hd_inflater* inflater) {
  size_t count = nghttp2_hd_inflate_get_num_table_entries(inflater), i;

  printf("dynamic table, %lu of %lu bytes:\n",
         (unsigned long)nghttp2_hd_inflate_get_dynamic_table_size(inflater),
         (unsigned long)nghttp2_hd_inflate_get_max_dynamic_table_size(inflater));
  for (i = 62; i <= count; ++i) {
    const nghttp2_nv* entry = nghttp2_hd_inflate_get_table_entry(inflater, i);
    printf("  [%lu] %.*s: %.*s\n", (unsigned long)i, (int)entry->namelen, (char*)entry->name,
           (int)entry->valuelen, (char*)entry->value);
  }
}

int main(void) {
  nghttp2_hd_deflater* deflater = NULL;
  nghttp2_hd_inflater* inflater = NULL;
  int result = nghttp2_hd_deflate_new(&deflater, NGHTTP2_DEFAULT_HEADER_TABLE_SIZE);

  if (result == 0) result = nghttp2_hd_inflate_new(&inflater);
  if (result != 0) {
    fail("start", result);
    nghttp2_hd_deflate_del(deflater);
    return 1;
  }
  result = round_trip(deflater, inflater, kFirst, sizeof(kFirst) / sizeof(kFirst[0]));
  if (result == 0) {
    result = round_trip(deflater, inflater, kSecond, sizeof(kSecond) / sizeof(kSecond[0]));
  }
  if (result == 0) { /* once more: now nearly everything is in the table */
    result = round_trip(deflater, inflater, kSecond, sizeof(kSecond) / sizeof(kSecond[0]));
  }
  if (result == 0) print_table(inflater);
  nghttp2_hd_inflate_del(inflater);
  nghttp2_hd_deflate_del(deflater);
  return result == 0 ? 0 : 1;
}

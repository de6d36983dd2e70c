/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "cfoil-amazon-id.h"

#include <string.h>

gboolean
cfoil_amazon_id_is_safe (const char *id)
{
  gsize length = strnlen (id, CFOIL_AMAZON_ID_MAX + 1);

  if (length == 0 || length > CFOIL_AMAZON_ID_MAX || id[0] == '.')
    return FALSE;
  return strspn (id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~") == length;
}

/* Where the fourth part begins, or NULL. */
static const char *
find_fourth (const char *id)
{
  for (guint i = 0; i < 3; i++)
    {
      id = strchr (id, '-');
      if (id == NULL)
        return NULL;
      id++;
    }
  return id;
}

char
cfoil_amazon_id_kind (const char *id)
{
  const char *fourth = find_fourth (id);

  return fourth != NULL && g_ascii_isalpha (*fourth) ? g_ascii_toupper (*fourth) : 0;
}

const char *
cfoil_amazon_id_to_charge (const char *id,
                           char        buffer[CFOIL_AMAZON_ID_MAX + 1])
{
  const char *fourth = find_fourth (id);
  gsize length = strlen (id);

  if (fourth == NULL || *fourth != 'A' || length > CFOIL_AMAZON_ID_MAX)
    return id;

  memcpy (buffer, id, length + 1);
  buffer[fourth - id] = 'C';
  return buffer;
}

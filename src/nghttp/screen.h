// SPDX-License-Identifier: MIT
// Choosing among versions of a resource as a browser does whose window has 1280 by 720 pixels, each
// of them a pixel of the screen.
#pragma once

#include <string>
#include <string_view>

namespace nghttp {

// Whether a media query list applies: types, widths, heights, orientation and what users prefer;
// a query that holds anything else does not.
bool media_applies(std::string_view queries);

// Whether a browser shows images of this media type; an empty one may be anything.
bool shows_image_type(std::string_view type);
// Likewise for sound and moving pictures.
bool plays_media_type(std::string_view type);

// The URI out of a srcset attribute, or `src` where that suits better or is all there is: the one
// of least density that is not below 1, else the one of highest density. `sizes` says how wide the
// image will be, which is what candidates with a width are measured by.
std::string choose_image(std::string_view src, std::string_view srcset, std::string_view sizes);

}  // namespace nghttp

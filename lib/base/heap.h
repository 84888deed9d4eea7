// SPDX-License-Identifier: MIT
// An intrusive priority queue: the elements carry its links, so that no operation allocates.
#pragma once

namespace nghttp2 {

template <typename T>
struct HeapLink {
  T* child = nullptr;     // the first of the elements directly below
  T* next = nullptr;      // the next element below the same parent
  T* previous = nullptr;  // the previous one, or the parent for the first
};

// A pairing heap. LINK names the HeapLink<T> member; before(a, b) says that a is served before b
// and must not change for an element while it is in the heap. Reading the first element and
// inserting take constant time, removing any element logarithmic time (amortised).
template <typename T, HeapLink<T> T::*LINK, bool (*before)(const T&, const T&)>
class Heap {
 public:
  T* first() const { return root_; }
  bool empty() const { return root_ == nullptr; }
  // With exactly one element.
  bool is_single() const { return root_ && !link(root_).child; }

  void insert(T* element) {
    link(element) = {};
    root_ = root_ ? meld(root_, element) : element;
  }

  // The element must be in this heap.
  void remove(T* element) {
    if (element == root_) {
      root_ = merge_children(element);
    } else {
      unlink(element);
      if (T* below = merge_children(element)) root_ = meld(root_, below);
    }
    link(element) = {};
  }

 private:
  static HeapLink<T>& link(T* element) { return element->*LINK; }

  // Both are roots. The later one becomes the first child of the earlier one.
  static T* meld(T* a, T* b) {
    if (before(*b, *a)) {
      T* swapped = a;
      a = b;
      b = swapped;
    }
    T* below = link(a).child;
    link(b).next = below;
    link(b).previous = a;
    if (below) link(below).previous = b;
    link(a).child = b;
    link(a).next = link(a).previous = nullptr;
    return a;
  }

  void unlink(T* element) {
    HeapLink<T>& own = link(element);
    if (link(own.previous).child == element) {
      link(own.previous).child = own.next;
    } else {
      link(own.previous).next = own.next;
    }
    if (own.next) link(own.next).previous = own.previous;
  }

  // Two passes: neighbours are melded in pairs from the left, the pairs into one from the right.
  // The second pass is what makes removal logarithmic.
  static T* merge_children(T* parent) {
    T* rest = link(parent).child;
    T* pairs = nullptr;  // chained by next, the rightmost first
    while (rest) {
      T* a = rest;
      T* b = link(a).next;
      rest = b ? link(b).next : nullptr;
      T* pair = b ? meld(a, b) : a;
      link(pair).next = pairs;
      pairs = pair;
    }
    T* merged = nullptr;
    while (pairs) {
      T* pair = pairs;
      pairs = link(pair).next;
      merged = merged ? meld(merged, pair) : pair;
    }
    if (merged) link(merged).next = link(merged).previous = nullptr;
    return merged;
  }

  T* root_ = nullptr;
};

}  // namespace nghttp2

// SPDX-License-Identifier: MIT
// An intrusive doubly linked list: the elements carry their own links.
#pragma once

#include <cstddef>

namespace nghttp2 {

template <typename T>
struct ListLink {
  T* previous = nullptr;
  T* next = nullptr;
};

// LINK names the ListLink<T> member through which elements of this list are chained.
template <typename T, ListLink<T> T::*LINK>
class List {
 public:
  T* front() const { return head_; }
  T* back() const { return tail_; }
  bool empty() const { return head_ == nullptr; }
  static T* next(const T* element) { return (element->*LINK).next; }
  static T* previous(const T* element) { return (element->*LINK).previous; }

  void push_back(T* element) {
    (element->*LINK) = {tail_, nullptr};
    (tail_ ? (tail_->*LINK).next : head_) = element;
    tail_ = element;
  }
  void push_front(T* element) {
    (element->*LINK) = {nullptr, head_};
    (head_ ? (head_->*LINK).previous : tail_) = element;
    head_ = element;
  }
  void remove(T* element) {
    ListLink<T>& link = element->*LINK;
    (link.previous ? (link.previous->*LINK).next : head_) = link.next;
    (link.next ? (link.next->*LINK).previous : tail_) = link.previous;
    link = {};
  }
  T* pop_front() {
    T* element = head_;
    if (element) remove(element);
    return element;
  }

 private:
  T* head_ = nullptr;
  T* tail_ = nullptr;
};

}  // namespace nghttp2

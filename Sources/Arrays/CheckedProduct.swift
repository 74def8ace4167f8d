extension Sequence<Int> {
  /// The product of the elements, or `nil` if an element is negative or the product overflows.
  package var checkedProduct: Int? {
    var product = 1
    var isZero = false
    for element in self {
      guard element >= 0 else { return nil }
      if element == 0 {
        isZero = true
        continue
      }
      let (next, overflow) = product.multipliedReportingOverflow(by: element)
      guard !overflow else { return nil }
      product = next
    }
    return isZero ? 0 : product
  }
}

/// A specification that is stored once for each child that brings its own.
final class SpecificationBox: Sendable {
  let spec: ChildSpec

  init(_ spec: ChildSpec) {
    self.spec = spec
  }
}

import BubbleEvents
import BubbleKernel
import BubbleOTP

/// Pays at the till every second or two; time and chance come from the machine.
struct Customer: GenServer {
  var spent = 0

  mutating func initialize(_ context: inout ProcessContext) throws -> InitResult<Customer> {
    try sleep(&context)
    return .ok
  }

  mutating func handleInfo(
    _ message: Info, _ context: inout ProcessContext
  ) throws -> CastResult<Customer> {
    guard let till = context.whereis("till") else { return .stop(.noProcess) }
    let amount = Int.random(in: 1...20, using: &context.generator)
    let payment = Term.tuple(["pay", .integer(amount)])
    return .wait(
      try .calling(payment, to: till, &context) { (customer: inout Customer, _: Term, context) in
        customer.spent += amount
        try customer.sleep(&context)
        return .noReply
      })
  }

  private func sleep(_ context: inout ProcessContext) throws {
    let pause = Int.random(in: 1000...2000, using: &context.generator)
    _ = try context.sendAfter(.milliseconds(pause), Term.atom("shop"), to: .pid(context.pid))
  }
}

// BubbleOTP
